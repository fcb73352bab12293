import type { Rule } from './redact.ts'

/**
 * The keys and tokens of well-known services, by the prefixes that their makers gave them so that scanners find them.
 *
 * Source: https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml and the documentation of each service.
 */
const SHAPES = [
  // JSON Web Tokens, signed and encrypted.
  'eyJ[\\w-]{8,}\\.[\\w-]{4,}(?:\\.[\\w-]*){0,3}',
  'gh[pousr]_[A-Za-z0-9]{16,}',
  'github_pat_\\w{20,}',
  'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[\\w-]{16,}',
  'xox[a-z](?:\\.xox[a-z])?-[\\w-]{8,}',
  'xapp-\\d-[\\w-]{8,}',
  '(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{8,}',
  'whsec_[A-Za-z0-9+/=]{16,}',
  'AIza[\\w-]{30,}',
  'ya29\\.[\\w-]{10,}',
  'GOCSPX-[\\w-]{16,}',
  '1//0[\\w-]{20,}',
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}',
  'ABSK[A-Za-z0-9+/=]{40,}',
  'sk-(?:proj|ant|svcacct|admin|or)-[\\w-]{12,}',
  'sk-[A-Za-z0-9]{32,}',
  'npm_[A-Za-z0-9]{30,}',
  'pypi-AgE[\\w-]{16,}',
  'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
  'SK[0-9a-f]{32}',
  'key-[0-9a-f]{32}',
  'hf_[A-Za-z0-9]{30,}',
  'do[oprt]_v1_[0-9a-f]{32,}',
  'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{24,}',
  'sq0[a-z]{3}-[\\w-]{20,}',
  'dapi[0-9a-f]{32}',
  'hv[sbr]\\.[\\w-]{20,}',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{20,}',
  '(?:lin_api|figd|sbp|rubygems|dckr_pat|dckr_oat|ntn|glsa|glc|pscale_(?:tkn|pw|oauth)|sntry[su]|rnd|nvapi|gsk|r8|fw|re)_[\\w=.-]{20,}',
  'PMAK-[0-9a-f-]{24,}',
  'NR(?:AK|JS|II|RA)-[A-Za-z0-9]{16,}',
  'HRKU-[\\w-]{20,}',
  'ATATT3[\\w=-]{20,}',
  'tskey-[\\w-]{12,}',
  'AGE-SECRET-KEY-1[A-Z0-9]{20,}',
  'pat[A-Za-z0-9]{14}\\.[0-9a-f]{32,}',
  '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{30,}',
  '\\d{8,10}:AA[\\w-]{32,}',
  'EAA[A-Za-z0-9]{60,}',
  '[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{30,}',
]

const TOKENS = new RegExp(`(?<![A-Za-z0-9])(?:${SHAPES.join('|')})`, 'g')

/** Addresses that are secrets themselves: who has one may send. */
const HOOKS =
  /(?:hooks\.slack\.com\/(?:services|workflows|triggers)|discord(?:app)?\.com\/api\/webhooks|\.webhook\.office\.com\/webhookb2)\/([^\s"'<>`\\]{8,512})/gi

export const tokenShapes: Rule = (text, hide) => {
  for (const { index, 0: token } of text.matchAll(TOKENS)) hide(index, index + token.length)
  for (const { index, 0: whole, 1: path = '' } of text.matchAll(HOOKS)) {
    hide(index + whole.length - path.length, index + whole.length)
  }
}
