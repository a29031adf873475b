import js from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '.venv/',
      '.tools/',
      '.dev/',
      'build/',
      'demo/',
      'dist/',
      'mlnb/',
      'labextension/lib/'
    ]
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  { plugins: { jupyter } },
  ...jupyter.configs.recommended,
  prettier,
  { rules: { '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }] } },
  {
    files: ['labextension/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: './tsconfig.test.json' } },
    rules: {
      curly: 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'interface', format: ['PascalCase'], custom: { regex: '^I[A-Z]', match: true } }
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      // A class and the types of its options share a name, as everywhere in JupyterLab.
      '@typescript-eslint/no-namespace': 'off',
      // The views are small, and import only what JupyterLab itself has loaded by then.
      'jupyter/prefer-lazy-imports': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }]
    }
  },
  {
    files: ['labextension/src/api/_schema.ts'],
    // Generated: interfaces are called what the messages are called in Python.
    rules: { '@typescript-eslint/naming-convention': 'off' }
  },
  {
    files: ['labextension/test/**'],
    rules: {
      // What a test makes goes with the test, and nobody translates it.
      'jupyter/no-untranslated-string': 'off',
      'jupyter/require-disposable-ownership': 'off'
    }
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } }
  },
  {
    files: ['labextension/src/**/*.{ts,tsx}'],
    ignores: ['labextension/src/api/client.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@jupyterlab/services',
              importNames: ['ServerConnection'],
              message: 'Only api/client.ts talks to the server.'
            }
          ]
        }
      ]
    }
  }
);
