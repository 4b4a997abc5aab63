import { has, is } from '../rules';
import type { Rule } from '../types';
import { FROM_V5, FROM_V5_5 } from './versions';

/** Limits that several operations share (https://docs.kie.ai/suno-api/generate-music). */

export const promptWithV4: Rule = {
	message: "'Prompt' must be at most 3000 characters with V4",
	if: is('model', 'V4'),
	then: { properties: { prompt: { maxLength: 3000 } } },
};

export const styleWithV4: Rule = {
	message: "'Style' must be at most 200 characters with V4",
	if: is('model', 'V4'),
	then: { properties: { style: { maxLength: 200 } } },
};

export const titleWithOldVersions: Rule = {
	message: "'Title' must be at most 80 characters with V4 and V4.5 All",
	if: is('model', 'V4', 'V4_5ALL'),
	then: { properties: { title: { maxLength: 80 } } },
};

export const promptInSimpleMode = (maxLength: number): Rule => ({
	message: `'Prompt' must be at most ${maxLength} characters without 'Custom Mode'`,
	if: is('customMode', false),
	then: { properties: { prompt: { maxLength } } },
});

export const durationOfNewVersions: Rule = {
	message: "'Duration' requires 'Custom Mode' and V5.5 or V6",
	if: has('duration'),
	then: { allOf: [is('customMode', true), is('model', ...FROM_V5_5)] },
};

export const personaModelOfNewVersions: Rule = {
	message: "'Persona Model' requires V5, V5.5 or V6",
	if: has('personaModel'),
	then: is('model', ...FROM_V5),
};

export const personaInCustomMode: Rule = {
	message: "'Persona ID' requires 'Custom Mode'",
	if: has('personaId'),
	then: is('customMode', true),
};

export const personaWithOwnParameters: Rule = {
	message: "'Persona ID' requires 'Use Custom Parameters'",
	if: has('personaId'),
	then: is('defaultParamFlag', true),
};
