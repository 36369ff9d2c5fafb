/** Who may depend on whom: libs/domain ← libs ← workflows (domain only) ← activities ← apps; apps never on one another. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule(
      'domain-stands-alone',
      'The domain touches nothing outside itself.',
      { path: '^libs/domain' },
      { path: '^(libs/(?!domain)|workflows|activities|apps|test)' },
    ),
    rule(
      'domain-is-pure',
      'Nothing of Node, the web or the database in the domain.',
      { path: '^libs/domain' },
      { dependencyTypes: ['core'] },
    ),
    rule('domain-few-packages', 'Pure packages only.', { path: '^libs/domain' }, { path: 'node_modules/(?!canonicalize|diff|zod)' }),
    rule(
      'libs-below',
      'Libraries know nothing of activities and apps, and of workflows only what they are called and asked.',
      { path: '^libs' },
      {
        path: '^(activities|apps|test|workflows/(?!activity-contract|workflow-ids|messages|morning-round|annual-plan-cycle|quarter-opener|plan-approval|quarterly-monitoring))',
      },
    ),
    rule(
      'workflows-see-the-domain-only',
      'Replayed code sees the domain and the SDK.',
      { path: '^workflows' },
      { path: '^(libs/(?!domain)|activities|apps|test)' },
    ),
    rule(
      'workflows-few-packages',
      'Replayed code sees the domain and the SDK.',
      { path: '^workflows' },
      { path: 'node_modules/(?!@temporalio/(workflow|common))' },
    ),
    rule('workflows-are-deterministic', 'Nothing of Node in replayed code.', { path: '^workflows' }, { dependencyTypes: ['core'] }),
    rule('activities-below-apps', 'Activities know nothing of the apps.', { path: '^activities' }, { path: '^(apps|test)' }),
    rule('apps-apart', 'Apps never import one another.', { path: '^apps/([^/]+)' }, { path: '^apps/(?!$1)' }),
    rule('no-tests-inside', 'The product does not import its tests.', { path: '^(apps|workflows|activities|libs)' }, { path: '^test' }),
    rule('no-circles', 'What needs each other belongs together.', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
