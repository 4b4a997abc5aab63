import type { Json } from '../../json';
import { isOneOf, isSet, lengthOf } from '../rules';
import type { Rule } from '../types';
import { FROM_V5, FROM_V5_5 } from './versions';

/** Limits that several operations share (https://docs.kie.ai/suno-api/generate-music). */

export const promptWithV4: Rule = {
	message: "'Prompt' must be at most 3000 characters with V4",
	holds: ({ model, prompt }) => model !== 'V4' || lengthOf(prompt) <= 3000,
};

export const styleWithV4: Rule = {
	message: "'Style' must be at most 200 characters with V4",
	holds: ({ model, style }) => model !== 'V4' || lengthOf(style) <= 200,
};

export const titleWithOldVersions: Rule = {
	message: "'Title' must be at most 80 characters with V4 and V4.5 All",
	holds: ({ model, title }) => !isOneOf(model, 'V4', 'V4_5ALL') || lengthOf(title) <= 80,
};

export const promptInSimpleMode = (maxLength: number): Rule => ({
	message: `'Prompt' must be at most ${maxLength} characters without 'Custom Mode'`,
	holds: ({ customMode, prompt }) => customMode !== false || lengthOf(prompt) <= maxLength,
});

export const durationOfNewVersions: Rule = {
	message: "'Duration (Seconds)' requires 'Custom Mode' and V5.5 or V6",
	holds: ({ duration, customMode, model }) => !isSet(duration) || (customMode === true && isOneOf(model, ...FROM_V5_5)),
};

export const personaModelOfNewVersions: Rule = {
	message: "'Persona Model' requires V5, V5.5 or V6",
	holds: ({ personaModel, model }) => !isSet(personaModel) || isOneOf(model, ...FROM_V5),
};

export const personaInCustomMode: Rule = {
	message: "'Persona ID' requires 'Custom Mode'",
	holds: ({ personaId, customMode }) => !isSet(personaId) || customMode === true,
};

export const personaWithCustomParameters: Rule = {
	message: "'Persona ID' requires 'Use Custom Parameters'",
	holds: ({ personaId, defaultParamFlag }) => !isSet(personaId) || defaultParamFlag === true,
};

/** The time between two fields in seconds, rounded to two decimals because fractions such as 30.1 - 20.1 are not exact. */
export const secondsBetween = (from?: Json, to?: Json): number => Math.round((Number(to) - Number(from)) * 100) / 100;
