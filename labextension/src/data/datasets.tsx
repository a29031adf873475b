// The datasets of the project: names, and under each its versions.

import { addBelowIcon, Button } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { DatasetInfo } from '../api/schema';
import type { ProjectModel } from '../experiments/model';
import { Notice, Waiting } from '../parts/notice';
import type { Text } from '../text';
import { type DatasetsModel, loadStatement } from './model';

/** Python, so it is the same in every language. */
const SAVE = 'mlnb.save(df, …)';

export interface IDatasetsProps {
  project: ProjectModel;
  model: DatasetsModel;
  text: Text;
  /** Whether there is a notebook to insert into. */
  canInsert: boolean;
  insert: (dataset: DatasetInfo) => void;
}

export function Datasets(props: IDatasetsProps): JSX.Element {
  const { project, model, text } = props;
  const { trans } = text;
  if (project.state === 'no-project') {
    return <Notice>{trans.__('Datasets appear here once the folder is a project.')}</Notice>;
  }
  if (model.state === 'failed') {
    return (
      <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void model.refresh() }}>
        {text.sentence(model.error ?? '')}
      </Notice>
    );
  }
  if (model.state === 'loading') {
    return <Waiting label={trans.__('Looking for datasets')} />;
  }
  if (model.groups.length === 0) {
    return (
      <Notice>
        {trans.__('No datasets yet: save one in a notebook with')} <code>{SAVE}</code>
      </Notice>
    );
  }
  return (
    <ul className="mlnb-List mlnb-Datasets">
      {model.groups.map(group => (
        <li key={group.name} className="mlnb-Dataset" data-name={group.name}>
          <h4>
            {group.name}{' '}
            <span className="mlnb-Muted">{trans._n('%1 version', '%1 versions', group.versions.length)}</span>
          </h4>
          <ul className="mlnb-List">
            {group.versions.map(version => (
              <Version key={version.ref} version={version} {...props} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function Version({
  version,
  text,
  canInsert,
  insert
}: IDatasetsProps & { version: DatasetInfo }): JSX.Element {
  const { trans } = text;
  return (
    <li className="mlnb-DatasetVersion" data-ref={version.ref} title={details(version, text)}>
      <div className="mlnb-DatasetVersion-facts">
        <span className="mlnb-DatasetVersion-date">{version.date}</span>
        {version.newest && <span className="mlnb-Tag">{trans.__('newest')}</span>}
        <span className="mlnb-Muted">
          {isRegistered(version)
            ? trans._n('%1 row', '%2 rows', version.rows, text.count(version.rows))
            : trans.__('not registered')}
        </span>
        <span className="mlnb-Muted mlnb-DatasetVersion-features">{version.features}</span>
      </div>
      <Button
        minimal
        className="mlnb-DatasetVersion-insert"
        disabled={!canInsert}
        title={
          canInsert
            ? trans.__('Insert %1', loadStatement(version.ref))
            : trans.__('Open a notebook to load the dataset in it')
        }
        aria-label={trans.__('Load %1 in the notebook', version.ref)}
        onClick={() => insert(version)}
      >
        <addBelowIcon.react tag="span" className="mlnb-Icon" />
      </Button>
    </li>
  );
}

/** A file with the name of a dataset but without a record: `mlnb data add` makes it one. */
function isRegistered(version: DatasetInfo): boolean {
  return version.sha256 !== '';
}

function details(version: DatasetInfo, text: Text): string {
  const { trans } = text;
  if (!isRegistered(version)) {
    return trans.__('Register it with: mlnb data add %1', version.path);
  }
  return [
    version.path,
    trans.__('Columns: %1', version.columns.join(', ')),
    trans.__('Size: %1 kB', text.count(Math.max(1, Math.round(version.size / 1024)))),
    ...(version.made_by ? [trans.__('Made by: %1', version.made_by)] : [])
  ].join('\n');
}
