import { runEmulatorCli } from '../shared/cli';
import { startRequestyEmulator } from './index';

await runEmulatorCli({
  name: 'Requesty',
  defaultPort: 4020,
  start: async (options) => {
    const emulator = await startRequestyEmulator(options);
    console.log(`Requesty, classic generation: ${emulator.classicUrl}`);
    return emulator;
  },
});
