// The hits as a list of cards, moved through with the keyboard.

import { Button } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { HitInfo } from '../api/schema';
import { kindIcon, runWithIcon } from '../icons';
import { Age, Chip, MetricChips } from '../parts/chips';
import type { Text } from '../text';
import { keyOf, type SearchModel } from './model';

export interface IHitsProps {
  model: SearchModel;
  text: Text;
  open: (hit: HitInfo) => void;
  rerun: (hit: HitInfo) => void;
  promote: (hit: HitInfo) => void;
}

export const LIST_ID = 'mlnb-search-hits';

export function optionId(index: number): string {
  return `mlnb-search-hit-${index}`;
}

/** Moves through the hits from the box and from the list alike; says whether the key was one of its own. */
export function moved(event: React.KeyboardEvent, model: SearchModel): boolean {
  const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };
  const move = moves[event.key];
  if (move === undefined) {
    return false;
  }
  event.preventDefault();
  model.activate(Math.max(0, model.active + move));
  return true;
}

export function Hits(props: IHitsProps): JSX.Element {
  const { model, text, open, rerun, promote } = props;
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const hit = model.activeHit;
    const onList = event.target === event.currentTarget; // not on a button within it
    if (!onList || moved(event, model) || !hit || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === 'Enter') {
      open(hit);
    } else if (event.key === 'r') {
      rerun(hit);
    } else if (event.key === 'p' && canPromote(hit)) {
      promote(hit);
    }
  };
  return (
    <ul
      className="mlnb-List mlnb-Hits"
      id={LIST_ID}
      role="listbox"
      tabIndex={0}
      aria-label={text.trans.__('Hits')}
      aria-activedescendant={model.activeHit ? optionId(model.active) : undefined}
      onKeyDown={onKeyDown}
    >
      {model.hits.map((hit, index) => (
        <Hit key={keyOf(hit)} hit={hit} index={index} {...props} />
      ))}
    </ul>
  );
}

function Hit(props: IHitsProps & { hit: HitInfo; index: number }): JSX.Element {
  const { model, text, hit, index, open } = props;
  const isActive = index === model.active;
  const node = React.useRef<HTMLLIElement>(null);
  React.useEffect(() => {
    if (isActive) {
      node.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [isActive]);
  return (
    <li
      ref={node}
      role="presentation"
      className="mlnb-Hit"
      data-active={isActive}
      data-path={hit.path}
      data-kind={hit.kind ?? ''}
      data-run={hit.run ?? ''}
    >
      <div
        id={optionId(index)}
        role="option"
        aria-selected={isActive}
        className="mlnb-Hit-body"
        title={[hit.path, ...hit.reasons].join('\n')}
        onClick={() => {
          model.activate(index);
          open(hit);
        }}
      >
        <HitFacts hit={hit} text={text} />
      </div>
      <HitActions {...props} />
    </li>
  );
}

function HitFacts({ hit, text }: { hit: HitInfo; text: Text }): JSX.Element {
  const { trans } = text;
  const Icon = kindIcon(hit.kind);
  const hasChips = Object.keys(hit.metrics).length > 0 || hit.datasets.length > 0 || hit.decision !== null;
  return (
    <>
      <div className="mlnb-Hit-head">
        <Icon.react
          tag="span"
          className="mlnb-Icon"
          title={hit.kind === null ? trans.__('Notebook') : text.kind(hit.kind)}
        />
        <Age when={hit.when} text={text} />
        <span className="mlnb-Hit-title">{hit.title}</span>
      </div>
      {(hit.run !== null || hasChips) && (
        <p className="mlnb-Chips">
          {hit.run !== null && (
            <Chip kind="run" title={trans.__('Run %1', hit.run)}>
              {hit.state === null || hit.state === 'succeeded'
                ? trans.__('run')
                : trans.__('run: %1', text.runState(hit.state).toLowerCase())}
            </Chip>
          )}
          {hit.decision !== null && <Chip kind="decision">{hit.decision}</Chip>}
          <MetricChips metrics={hit.metrics} text={text} />
          {hit.datasets.map(each => (
            <Chip key={each} kind="dataset" title={trans.__('Dataset %1', each)}>
              {each}
            </Chip>
          ))}
        </p>
      )}
      {hit.snippet.length === 0 && hit.run === null && (
        <p className="mlnb-Hit-snippet">{hit.path.split('/').at(-1)}</p>
      )}
      {hit.snippet.length > 0 && (
        <p className="mlnb-Hit-snippet">
          {hit.cell !== null && <span className="mlnb-Muted">[{hit.cell + 1}] </span>}
          {hit.snippet.map((piece, place) =>
            piece.marked ? <mark key={place}>{piece.text}</mark> : <span key={place}>{piece.text}</span>
          )}
        </p>
      )}
    </>
  );
}

function HitActions({ text, hit, rerun, promote }: IHitsProps & { hit: HitInfo }): JSX.Element {
  const { trans } = text;
  const PromoteIcon = kindIcon('deployment');
  return (
    <div className="mlnb-Hit-actions">
      <Button
        minimal
        className="mlnb-Hit-rerun"
        title={trans.__('Re-run…')}
        aria-label={trans.__('Re-run %1', hit.title)}
        onClick={() => rerun(hit)}
      >
        <runWithIcon.react tag="span" className="mlnb-Icon" />
      </Button>
      {canPromote(hit) && (
        <Button
          minimal
          className="mlnb-Hit-promote"
          title={trans.__('Promote')}
          aria-label={trans.__('Promote %1', hit.title)}
          onClick={() => promote(hit)}
        >
          <PromoteIcon.react tag="span" className="mlnb-Icon" />
        </Button>
      )}
    </div>
  );
}

/** A run is a record; what is promoted is its notebook. */
function canPromote(hit: HitInfo): boolean {
  return hit.kind === 'deployment' && hit.run === null;
}
