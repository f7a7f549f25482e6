import { runEmulatorCli } from '../shared/cli';
import { startOpenRouterEmulator } from './index';

await runEmulatorCli({ name: 'OpenRouter', defaultPort: 4010, start: startOpenRouterEmulator });
