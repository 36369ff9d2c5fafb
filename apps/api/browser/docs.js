/* Shows the API's description with Swagger UI, which the page loaded before this file. */
window.SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });
