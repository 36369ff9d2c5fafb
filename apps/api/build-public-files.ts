/** Builds what browsers load, into dist/public: the stylesheet, the scripts and the icons (`npm run build` runs it). */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as sass from 'sass';
import { projectRoot } from '../../libs/config/paths.js';
import { publicFolder } from './public-files.js';

const require = createRequire(import.meta.url);
const govukFolder = join(dirname(require.resolve('govuk-frontend/package.json')), 'dist');
// Swagger UI belongs to @nestjs/swagger; it is found the way that package finds it.
const swaggerFolder = dirname(createRequire(require.resolve('@nestjs/swagger')).resolve('swagger-ui-dist/package.json'));

rmSync(publicFolder, { recursive: true, force: true });
mkdirSync(publicFolder, { recursive: true });

const stylesheet = sass.compile(join(projectRoot, 'apps/api/styles/plancycle.scss'), {
  loadPaths: [govukFolder],
  style: 'compressed',
  quietDeps: true,
});
writeFileSync(join(publicFolder, 'plancycle.css'), stylesheet.css);

cpSync(join(projectRoot, 'apps/api/browser'), publicFolder, { recursive: true });
cpSync(join(govukFolder, 'govuk/govuk-frontend.min.js'), join(publicFolder, 'govuk-frontend.min.js'));
for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) cpSync(join(swaggerFolder, name), join(publicFolder, name));
