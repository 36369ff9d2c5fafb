/** What the linter holds the code to; the reasons stand beside the rules. */
import { builtinModules } from 'node:module';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/', '*.config.js', '**/*.cjs', 'apps/api/browser/'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A promise nobody waits for is a step of the process that may never happen.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-depth': ['error', 3],
    },
  },
  {
    // Workflows are replayed: whatever reaches outside would differ the second time.
    files: ['workflows/**/*.ts', 'libs/domain/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: builtinModules, patterns: ['node:*'] }] },
  },
  {
    // The council's time comes from its clock (libs/calendar), never from the machine's. In workflows the SDK has put the
    // history's time in place of the machine's, so that it comes out the same in a replay.
    files: ['activities/**/*.ts', 'libs/domain/**/*.ts', 'libs/calendar/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: "Take the council's time from its clock.",
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Take the council's time from its clock." },
      ],
    },
  },
);
