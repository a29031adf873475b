// The typed form of a notebook's parameters.

import { Button, HTMLSelect, undoIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { errorMark } from '../icons';
import { Notice, Waiting } from '../parts/notice';
import type { Text } from '../text';
import type { RunFormModel } from './formmodel';
import type { RunsModel } from './runsmodel';

export interface IRunFormProps {
  form: RunFormModel;
  runs: RunsModel;
  text: Text;
  /** Whether the notebook has changes that are not on disk. */
  isDirty: boolean;
  run: () => void;
}

export function RunForm(props: IRunFormProps): JSX.Element {
  const { form, runs, text, isDirty, run } = props;
  const { trans } = text;
  if (form.state === 'none') {
    return <Notice>{trans.__('Open a notebook to run it with other parameters.')}</Notice>;
  }
  if (form.state === 'failed') {
    return (
      <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void form.refresh() }}>
        {text.sentence(form.error ?? '')}
      </Notice>
    );
  }
  if (!form.form) {
    return <Waiting label={trans.__('Reading the parameters')} />;
  }
  if (form.form.problem !== null) {
    return (
      <Notice action={{ label: trans.__('Look again'), onClick: () => void form.refresh() }}>
        {text.sentence(form.form.problem)}
      </Notice>
    );
  }
  return (
    <form
      className="mlnb-RunForm"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        run();
      }}
    >
      {form.fields.length === 0 && (
        <p className="mlnb-Muted">
          {trans.__('This notebook declares no parameters: a cell tagged “parameters” would show them here.')}
        </p>
      )}
      {form.fields.map(field => (
        <Field key={field.parameter.name} field={field} form={form} text={text} />
      ))}
      {runs.error !== null && (
        <p className="mlnb-RunForm-error" role="alert">
          <errorMark.react tag="span" className="mlnb-Icon" /> {text.sentence(runs.error)}
        </p>
      )}
      <div className="mlnb-RunForm-buttons">
        <Button
          type="submit"
          className="mlnb-RunForm-run jp-mod-styled jp-mod-accept"
          disabled={!form.canRun || runs.isStarting}
        >
          {isDirty ? trans.__('Save and run') : trans.__('Run')}
        </Button>
        {form.isModified && (
          <Button type="button" className="mlnb-RunForm-reset jp-mod-styled" onClick={() => form.resetAll()}>
            {trans.__('Reset')}
          </Button>
        )}
      </div>
    </form>
  );
}

interface IFieldProps {
  field: RunFormModel.IField;
  form: RunFormModel;
  text: Text;
}

function Field({ field, form, text }: IFieldProps): JSX.Element {
  const { trans } = text;
  const { name, help } = field.parameter;
  const id = `mlnb-run-${name}`;
  return (
    <div
      className="mlnb-RunForm-field"
      data-type={field.parameter.type}
      data-modified={field.isModified}
      data-invalid={field.isInvalid}
    >
      <label htmlFor={id} title={help || name}>
        {name}
      </label>
      <div className="mlnb-RunForm-value">
        <Value id={id} field={field} form={form} />
        {field.isModified && (
          <Button
            type="button"
            minimal
            className="mlnb-RunForm-undo"
            title={trans.__('Modified. Back to %1', asShown(field.parameter.default))}
            aria-label={trans.__('%1 is modified. Back to %2', name, asShown(field.parameter.default))}
            onClick={() => form.reset(name)}
          >
            <undoIcon.react tag="span" className="mlnb-Icon" />
          </Button>
        )}
      </div>
      {field.isInvalid ? (
        <p className="mlnb-RunForm-problem" id={`${id}-note`}>
          {expected(field, text)}
        </p>
      ) : (
        help && (
          <p className="mlnb-RunForm-help" id={`${id}-note`}>
            {help}
          </p>
        )
      )}
    </div>
  );
}

function Value({
  id,
  field,
  form
}: {
  id: string;
  field: RunFormModel.IField;
  form: RunFormModel;
}): JSX.Element {
  const { name, type, choices } = field.parameter;
  const shared = { id, name, 'aria-describedby': `${id}-note`, 'aria-invalid': field.isInvalid };
  const onText = (event: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>): void =>
    form.edit(name, event.target.value);
  switch (type) {
    case 'bool':
      return (
        <input
          {...shared}
          type="checkbox"
          className="jp-mod-styled"
          checked={field.text === 'true'}
          onChange={event => form.edit(name, String(event.target.checked))}
        />
      );
    case 'dataset':
      return (
        <HTMLSelect
          {...shared}
          value={field.text}
          onChange={onText}
          options={[...new Set([String(field.parameter.default ?? ''), field.text, ...choices])]}
        />
      );
    default:
      return (
        <input
          {...shared}
          // Text, not type=number: that loses what it cannot read, and shows 0.1 as the browser's locale does.
          type="text"
          inputMode={type === 'int' ? 'numeric' : type === 'float' ? 'decimal' : 'text'}
          className="jp-mod-styled"
          autoComplete="off"
          spellCheck={false}
          data-type={type}
          value={field.text}
          onChange={onText}
        />
      );
  }
}

function expected(field: RunFormModel.IField, text: Text): string {
  const { trans } = text;
  switch (field.parameter.type) {
    case 'int':
      return trans.__('A whole number is needed, such as 10.');
    case 'float':
      return trans.__('A number is needed, such as 0.1.');
    case 'bool':
      return trans.__('True or false is needed.');
    default:
      return trans.__('JSON is needed, such as [1, 2] or {"depth": 3}.');
  }
}

function asShown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
