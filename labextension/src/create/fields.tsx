// The fields of the create dialog: one line to type, the rest chosen already.

import * as React from 'react';
import type { DatasetInfo, HandoverItem, NotebookInfo, VariableInfo } from '../api/schema';
import { kindIcon } from '../icons';
import { Combobox, type IChoice } from '../parts/combobox';
import type { Text } from '../text';
import { plainOf } from './handover';
import { prompt } from './kinds';
import type { CreateModel } from './model';

interface IProps {
  model: CreateModel;
  text: Text;
}

export function Fields({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  const isLoading = model.state === 'loading';
  const loading = trans.__('Loading…');
  const noDataset = isLoading
    ? loading
    : model.datasets.length
      ? trans.__('None')
      : trans.__('None in this project yet');
  return (
    <>
      <label className="mlnb-Form-wide" htmlFor="mlnb-create-title">
        {prompt(model.kind, trans)}
      </label>
      <input
        id="mlnb-create-title"
        name="title"
        className="jp-mod-styled mlnb-Form-wide"
        autoComplete="off"
        autoFocus
        spellCheck
        value={model.title}
        aria-describedby="mlnb-create-preview"
        aria-invalid={Boolean(model.preview?.problem)}
        onChange={event => model.setTitle(event.target.value)}
      />
      {model.items.length > 0 && (
        <Picker
          name="item"
          label={trans.__('Takes along')}
          text={text}
          value={model.item?.id ?? ''}
          choices={[{ value: '', label: trans.__('Nothing') }, ...model.items.map(itemChoice)]}
          onChoose={value => model.setItem(value || null)}
        />
      )}
      <Picker
        name="dataset"
        label={trans.__('Dataset')}
        text={text}
        value={model.dataset ?? ''}
        disabled={!isLoading && model.datasets.length === 0}
        choices={[
          { value: '', label: noDataset },
          ...model.datasets.map(each => datasetChoice(each, text)),
          ...unlisted(
            model.dataset,
            model.datasets.map(each => each.ref)
          )
        ]}
        onChoose={value => model.setDataset(value || null)}
      />
      <Picker
        name="parent"
        label={trans.__('Builds on')}
        text={text}
        value={model.parent ?? ''}
        disabled={!isLoading && model.parents.length === 0 && model.parent === null}
        choices={[
          { value: '', label: isLoading ? loading : trans.__('Nothing') },
          ...model.parents.map(each => notebookChoice(each, text)),
          ...unlisted(
            model.parent,
            model.parents.map(each => each.path)
          )
        ]}
        onChoose={value => model.setParent(value || null)}
      />
      <Template model={model} text={text} />
      {model.variables.map(each => (
        <Variable key={each.name} variable={each} model={model} text={text} />
      ))}
      <More model={model} text={text} />
    </>
  );
}

interface IPickerProps {
  name: string;
  label: string;
  text: Text;
  value: string;
  choices: readonly IChoice[];
  onChoose: (value: string) => void;
  disabled?: boolean;
}

function Picker({ name, label, text, ...rest }: IPickerProps): JSX.Element {
  const { trans } = text;
  const id = `mlnb-create-${name}`;
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Combobox
        id={id}
        name={name}
        nothing={trans.__('Nothing fits what you typed.')}
        more={left => trans.__('%1 more: type to narrow them down.', text.count(left))}
        {...rest}
      />
    </>
  );
}

function Template({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  if (model.templates.length < 2) {
    return <></>;
  }
  return (
    <Picker
      name="template"
      label={trans.__('Template')}
      text={text}
      value={model.template?.name ?? ''}
      choices={model.templates.map(each => ({
        value: each.name,
        label: each.label,
        details: [each.source],
        problem: each.problem
      }))}
      onChoose={name => model.setTemplate(name)}
    />
  );
}

const INPUT_TYPES = { str: 'text', int: 'number', float: 'number', date: 'date', bool: 'checkbox' } as const;

function Variable(props: { variable: VariableInfo } & IProps): JSX.Element {
  const { variable, model, text } = props;
  const value = model.value(variable);
  const set = (next: string): void => model.setValue(variable.name, next);
  const name = `variable-${variable.name}`;
  if (variable.choices.length > 0) {
    const choices = variable.choices.map(each => ({ value: each, label: each }));
    return (
      <Picker
        name={name}
        label={variable.prompt}
        text={text}
        value={value}
        choices={choices}
        onChoose={set}
      />
    );
  }
  const id = `mlnb-create-${name}`;
  return (
    <>
      <label htmlFor={id}>{variable.prompt}</label>
      {variable.type === 'bool' ? (
        <input
          id={id}
          name={name}
          type="checkbox"
          checked={value.toLowerCase() === 'true'}
          onChange={event => set(String(event.target.checked))}
        />
      ) : (
        <input
          id={id}
          name={name}
          className="jp-mod-styled"
          type={INPUT_TYPES[variable.type]}
          step={variable.type === 'float' ? 'any' : undefined}
          required={variable.default === null}
          value={value}
          onChange={event => set(event.target.value)}
        />
      )}
    </>
  );
}

/** What hardly anybody changes. */
function More({ model, text }: IProps): JSX.Element {
  const { trans } = text;
  return (
    <details className="mlnb-Form-more mlnb-Form-wide">
      <summary>{trans.__('More')}</summary>
      <div className="mlnb-Form">
        <label htmlFor="mlnb-create-number">{trans.__('Number')}</label>
        <input
          id="mlnb-create-number"
          name="number"
          className="jp-mod-styled"
          type="number"
          min={0}
          max={9999}
          value={model.number ?? ''}
          placeholder={
            model.preview?.number === undefined || model.preview.number === null
              ? trans.__('The next one')
              : String(model.preview.number).padStart(3, '0')
          }
          onChange={event => model.setNumber(event.target.value === '' ? null : event.target.valueAsNumber)}
        />
        <Picker
          name="folder"
          label={trans.__('Folder')}
          text={text}
          value={model.folder}
          disabled={model.folders.length < 2}
          choices={model.folders.map(each => ({ value: each, label: each || '/' }))}
          onChoose={folder => model.setFolder(folder)}
        />
      </div>
    </details>
  );
}

function itemChoice(item: HandoverItem): IChoice {
  return { value: item.id, label: plainOf(item.text), details: [item.section] };
}

function datasetChoice(each: DatasetInfo, text: Text): IChoice {
  const { trans } = text;
  return {
    value: each.ref,
    label: trans.__('%1 · %2', each.name, each.date),
    details: [
      ...(each.sha256 ? [trans._n('%2 row', '%2 rows', each.rows, text.count(each.rows))] : []),
      ...(each.newest ? [trans.__('newest')] : [])
    ]
  };
}

function notebookChoice(each: NotebookInfo, text: Text): IChoice {
  const number = each.number === null ? '' : `${String(each.number).padStart(3, '0')} `;
  return {
    value: each.path,
    label: `${number}${each.title || each.name}`,
    details: [each.kind === null ? each.name : text.kind(each.kind)],
    icon: kindIcon(each.kind)
  };
}

/** What is chosen already, where the server does not list it. */
function unlisted(value: string | null, listed: readonly string[]): IChoice[] {
  return value === null || listed.includes(value) ? [] : [{ value, label: value.split('/').at(-1)! }];
}
