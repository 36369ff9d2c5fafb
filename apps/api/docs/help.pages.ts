/** Help for everyone who meets a query: every rule that a plan is read by, why it is asked, and whom it stops. */
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { WHOM_IT_STOPS } from '../../../libs/domain/finding.js';
import { RULES } from '../../../libs/domain/findings.js';
import { Policy } from '../access/policy.decorator.js';
import { page, type Page } from '../rendering/page.js';

@Controller('/help')
@ApiExcludeController()
@Policy('public')
export class HelpPages {
  /** Each rule at an address of its own, /help/queries#its-name, that pages and programs can link to. */
  @Get('queries')
  queries(): Page {
    const severities = (['error', 'warning', 'note'] as const).map((severity) => ({
      severity,
      stops: WHOM_IT_STOPS[severity],
      rules: RULES.filter((rule) => rule.severity === severity),
    }));
    return page('docs/help-queries.njk', { title: 'What the queries mean', severities, count: RULES.length });
  }
}
