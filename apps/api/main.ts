/** The process that serves pages and the API. */
import { exitWithParent } from '../../libs/config/exit-with-parent.js';
import { readEnvironment } from '../../libs/config/environment.js';
import { createApi } from './create-api.js';

exitWithParent();
const environment = readEnvironment();
const app = await createApi(environment);
app.enableShutdownHooks();
// On the demonstration anyone signs in as anyone, so it answers to this machine only.
await app.listen(environment.PORT, environment.PLANCYCLE_DEMONSTRATION ? 'localhost' : '0.0.0.0');
