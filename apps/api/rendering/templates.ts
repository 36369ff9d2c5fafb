/** The one place that knows the templating engine: a view and a model in, HTML out. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import nunjucks from 'nunjucks';
import type { Environment } from '../../../libs/config/environment.js';
import { projectRoot } from '../../../libs/config/paths.js';
import { ENVIRONMENT } from '../connections.module.js';
import { filters } from './filters.js';

const govukFolder = join(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')), 'dist');

@Injectable()
export class Templates {
  private readonly engine: nunjucks.Environment;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    const loader = new nunjucks.FileSystemLoader([join(projectRoot, 'apps/api'), govukFolder], {
      noCache: environment.NODE_ENV === 'development',
    });
    this.engine = new nunjucks.Environment(loader, { autoescape: true, trimBlocks: true, lstripBlocks: true });
    for (const [name, filter] of Object.entries(filters)) this.engine.addFilter(name, filter);
  }

  /**
   * Renders a view. Everything in the model is escaped; text of people never becomes a template.
   * @param view the template's path below apps/api
   * @throws Error when there is no such view or it is faulty
   */
  render(view: string, model: object): string {
    return this.engine.render(view, model);
  }
}
