/** Tests run on the compiled output, so that what is tested is what ships. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/dist/test'],
  testMatch: ['**/*.test.js'],
  transform: {},
  globalSetup: '<rootDir>/dist/test/support/global-setup.js',
  globalTeardown: '<rootDir>/dist/test/support/global-teardown.js',
  testTimeout: 120_000,
  // Two at a time is as much as the servers that they share are asked for. What a file loads is not given back by Node's vm modules: a
  // worker begins anew before the memory of a small machine is full.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  reporters: ['default'],
};
