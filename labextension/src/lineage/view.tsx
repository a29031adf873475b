// The lineage of a whole project: filters, the drawing or the list, and what is selected.

import {
  Button,
  closeIcon,
  copyIcon,
  refreshIcon,
  searchIcon,
  tableRowsIcon,
  treeViewIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';
import type { LineageNode } from '../api/schema';
import { Age } from '../parts/chips';
import { Notice, Waiting } from '../parts/notice';
import { Prose } from '../parts/prose';
import type { Text } from '../text';
import { Graph } from './graph';
import { List } from './list';
import { type LineageModel, type NodeType, TYPES } from './model';
import { iconOf, typeOf, typesName } from './words';

export interface ILineageProps {
  model: LineageModel;
  text: Text;
  open: (node: LineageNode) => void;
  copy: () => void;
  create: () => void;
}

export function Lineage(props: ILineageProps): JSX.Element {
  const { model, text, create } = props;
  const { trans } = text;
  const [isList, setList] = React.useState(false);
  if (model.state === 'failed' && !model.info) {
    return (
      <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void model.refresh() }}>
        {text.sentence(model.error ?? '')}
      </Notice>
    );
  }
  if (!model.info) {
    return <Waiting label={trans.__('Reading the lineage')} />;
  }
  if (model.info.nodes.length === 0) {
    return (
      <Notice action={{ label: trans.__('New exploration…'), onClick: create }}>
        {trans.__('There are no notebooks and no datasets in this project yet.')}
      </Notice>
    );
  }
  return (
    <div className="mlnb-Lineage">
      <Bar {...props} isList={isList} setList={setList} />
      {model.state === 'failed' && (
        <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void model.refresh() }}>
          {text.sentence(model.error ?? '')}
        </Notice>
      )}
      {model.shown.nodes.length === 0 ? (
        <Notice action={{ label: trans.__('Show all'), onClick: () => showAll(model) }}>
          {trans.__('Nothing here passes the filter.')}
        </Notice>
      ) : isList ? (
        <List {...props} />
      ) : (
        <Graph {...props} />
      )}
      <Problems model={model} text={text} />
      {model.selected && !isList && <Selected node={model.selected} {...props} />}
    </div>
  );
}

function showAll(model: LineageModel): void {
  model.filter('');
  model.narrow(null);
  TYPES.filter(type => type !== 'run' && !model.shows(type)).forEach(type => void model.toggle(type));
}

interface IBarProps extends ILineageProps {
  isList: boolean;
  setList: (isList: boolean) => void;
}

function Bar({ model, text, copy, isList, setList }: IBarProps): JSX.Element {
  const { trans } = text;
  const { shown, info } = model;
  return (
    <div className="mlnb-Lineage-bar">
      <span className="mlnb-Lineage-filter" role="search">
        <searchIcon.react tag="span" className="mlnb-Icon mlnb-Search-glass" />
        <input
          className="mlnb-Search-input"
          type="search"
          name="filter"
          aria-label={trans.__('Filter by name')}
          placeholder={trans.__('Filter')}
          autoComplete="off"
          spellCheck={false}
          value={model.text}
          onChange={event => model.filter(event.target.value)}
        />
      </span>
      <span className="mlnb-Lineage-types" role="group" aria-label={trans.__('Types')}>
        {TYPES.map(type => (
          <TypeBox key={type} type={type} model={model} text={text} />
        ))}
      </span>
      {model.only && (
        <Button
          className="jp-mod-styled mlnb-Lineage-only"
          title={trans.__('Show the whole project again')}
          onClick={() => model.narrow(null)}
        >
          {trans.__('Only %1', model.only.label)}
          <closeIcon.react tag="span" className="mlnb-Icon" />
        </Button>
      )}
      <span className="mlnb-Muted mlnb-Lineage-count" role="status" aria-live="polite">
        {shown.nodes.length < (info?.nodes.length ?? 0)
          ? trans.__('%1 of %2', text.count(shown.nodes.length), text.count(info?.nodes.length ?? 0))
          : ''}
      </span>
      <span className="mlnb-Lineage-actions">
        <Button
          minimal
          className="mlnb-Lineage-view"
          aria-pressed={isList}
          title={isList ? trans.__('Show as a drawing') : trans.__('Show as a list')}
          aria-label={trans.__('Show as a list')}
          onClick={() => setList(!isList)}
        >
          {isList ? (
            <treeViewIcon.react tag="span" className="mlnb-Icon" />
          ) : (
            <tableRowsIcon.react tag="span" className="mlnb-Icon" />
          )}
        </Button>
        <Button
          minimal
          className="mlnb-Lineage-copy"
          title={trans.__('Copy as Mermaid')}
          aria-label={trans.__('Copy as Mermaid')}
          onClick={copy}
        >
          <copyIcon.react tag="span" className="mlnb-Icon" />
        </Button>
        <Button
          minimal
          className="mlnb-Lineage-refresh"
          title={trans.__('Refresh')}
          aria-label={trans.__('Refresh')}
          onClick={() => void model.refresh()}
        >
          <refreshIcon.react tag="span" className="mlnb-Icon" />
        </Button>
      </span>
    </div>
  );
}

function TypeBox(props: { type: NodeType; model: LineageModel; text: Text }): JSX.Element {
  const { type, model, text } = props;
  const count = model.count(type);
  return (
    <label>
      <input
        type="checkbox"
        name={type}
        checked={model.shows(type)}
        onChange={() => void model.toggle(type)}
      />
      {typesName(type, text)}
      {count > 0 && <span className="mlnb-Muted"> {text.count(count)}</span>}
    </label>
  );
}

function Problems({ model, text }: { model: LineageModel; text: Text }): JSX.Element | null {
  const problems = model.info?.problems ?? [];
  if (problems.length === 0) {
    return null;
  }
  return (
    <details className="mlnb-Lineage-problems">
      <summary>{text.trans._n('%1 problem', '%1 problems', problems.length)}</summary>
      <ul>
        {problems.map(each => (
          <li key={each}>
            <Prose>{text.sentence(each)}</Prose>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Selected({ node, model, text, open }: ILineageProps & { node: LineageNode }): JSX.Element {
  const { trans } = text;
  const Icon = iconOf(node);
  return (
    <div className="mlnb-Lineage-selected" role="region" aria-label={trans.__('Selected')}>
      <Icon.react tag="span" className="mlnb-Icon" />
      <div className="mlnb-Lineage-facts">
        <b>{node.label}</b>
        <span className="mlnb-Muted">
          {typeOf(node, text)}
          {node.missing && ` · ${trans.__('missing')}`}
          {node.detail && ` · ${node.detail}`}
          {node.when !== null && (
            <>
              {' · '}
              <Age when={node.when} text={text} />
            </>
          )}
        </span>
        {node.path !== null && <span className="mlnb-Muted">{node.path}</span>}
      </div>
      <Button
        className="jp-mod-styled jp-mod-accept mlnb-Lineage-open"
        disabled={node.path === null}
        title={node.path === null ? trans.__('There is no such file') : trans.__('Open (Enter)')}
        onClick={() => open(node)}
      >
        {trans.__('Open')}
      </Button>
      {model.only?.id !== node.id && (
        <Button
          className="jp-mod-styled mlnb-Lineage-narrow"
          title={trans.__('Show only what led to this and what it led to')}
          onClick={() => model.narrow(node.id)}
        >
          {trans.__('Only this')}
        </Button>
      )}
      <Button
        minimal
        title={trans.__('Close')}
        aria-label={trans.__('Close')}
        onClick={() => model.select(null)}
      >
        <closeIcon.react tag="span" className="mlnb-Icon" />
      </Button>
    </div>
  );
}
