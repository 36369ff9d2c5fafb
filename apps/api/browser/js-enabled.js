/* Tells the stylesheet and the GOV.UK components, before anything is drawn, that scripts run. A file of its own, since the pages allow no inline code. */
document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');
