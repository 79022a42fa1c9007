import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vitest from '@vitest/eslint-plugin'
import prettier from 'eslint-config-prettier'

/** Who may import whom: pages → components → composables → stores → api → types. */
function mayNotImport(folder, ...forbidden) {
  return {
    files: [`src/${folder}/**/*.{ts,vue}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: forbidden.map((name) => ({
            group: [`@/${name}/*`],
            message: `${folder}/ stands below ${name}/: pass what is needed down, or move the shared part.`,
          })),
        },
      ],
    },
  }
}

export default tseslint.config(
  { ignores: ['node_modules', 'auto-imports.d.ts', 'components.d.ts'] },
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      // `call<void>(…)` says that a method answers nothing.
      '@typescript-eslint/no-invalid-void-type': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
      'no-console': 'error',
    },
  },
  mayNotImport('types', 'api', 'lib', 'stores', 'composables', 'components', 'pages'),
  mayNotImport('api', 'stores', 'composables', 'components', 'pages'),
  mayNotImport('lib', 'stores', 'composables', 'components', 'pages'),
  mayNotImport('stores', 'composables', 'components', 'pages'),
  mayNotImport('composables', 'components', 'pages'),
  mayNotImport('components', 'pages'),
  { files: ['**/*.spec.ts'], ...vitest.configs.recommended },
  prettier,
)
