// Generated from schemas/ by `npm run generate`. Do not edit.

export type SchemaName = "access-extension" | "access-policy" | "access-request" | "break-glass-request" | "conflicts" | "governance-policy" | "people" | "policy-test" | "target" | "trust-root-signatures" | "trust-root";

export const schemas: Readonly<Record<SchemaName, object>> = {
  "access-extension": {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:countersign:schema:access-extension:v1",
    "title": "AccessExtension",
    "description": "access-requests/<target>/<name>.yaml: asks for more time for access that is in effect. It is a new request with full approval, never an edit of the old file.",
    "type": "object",
    "additionalProperties": false,
    "required": [
      "apiVersion",
      "kind",
      "metadata",
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "const": "countersign/v1",
        "description": "Version of the format. Always `countersign/v1`."
      },
      "kind": {
        "const": "AccessExtension",
        "description": "Kind of the document. Always `AccessExtension`."
      },
      "metadata": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name"
        ],
        "description": "Names the request.",
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^(?!.*\\.lock$)[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit and does not end in `.lock`.",
            "description": "Name of the request: the name of the file without `.yaml`. A name is used once, for ever."
          }
        }
      },
      "spec": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "extends",
          "requester",
          "beneficiary",
          "target",
          "entitlement",
          "duration",
          "reason"
        ],
        "description": "What is asked for. It carries no approver, approval rule or status: those come from governance.",
        "properties": {
          "extends": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Name of the request whose access is extended. Its beneficiary, target and entitlement stay the same."
          },
          "requester": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Who asks: the name of a person or machine in people.yaml. Never approves this request."
          },
          "beneficiary": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "kind",
              "name"
            ],
            "description": "Who would receive the access.",
            "properties": {
              "kind": {
                "type": "string",
                "enum": [
                  "human",
                  "service-account",
                  "agent"
                ],
                "description": "What the beneficiary is. A service account or agent has an accountable human owner in people.yaml."
              },
              "name": {
                "type": "string",
                "minLength": 1,
                "maxLength": 95,
                "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                "description": "Name of the beneficiary in people.yaml."
              }
            }
          },
          "target": {
            "type": "string",
            "minLength": 1,
            "maxLength": 63,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Name of the target in the catalogue, exactly. Also the name of the folder the file lies in."
          },
          "entitlement": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Name of the entitlement in the target's catalogue entry, exactly. No lists and no wildcards."
          },
          "tier": {
            "type": "string",
            "enum": [
              "low-risk",
              "standard",
              "privileged"
            ],
            "description": "Asks for a stricter tier than the catalogue says. A softer one is refused."
          },
          "duration": {
            "type": "string",
            "format": "duration",
            "maxLength": 40,
            "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
            "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
            "description": "How long the access lasts from its activation: an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H` or `P1DT12H`."
          },
          "activateBy": {
            "type": "string",
            "format": "date-time",
            "maxLength": 30,
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,3})?Z$",
            "patternErrorMessage": "Write an instant in UTC, such as `2026-11-22T00:00:00Z`.",
            "description": "The access is not activated at or after this instant, in UTC, such as `2026-11-22T00:00:00Z`."
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000,
            "pattern": "^\\S",
            "patternErrorMessage": "Begin the reason with a word.",
            "description": "Why the access is needed, for the people who approve. The policy may ask for a minimum length."
          },
          "references": {
            "type": "array",
            "minItems": 0,
            "maxItems": 20,
            "description": "Where the work is tracked. The policy may ask for a type.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "type",
                "id"
              ],
              "description": "One place where the work is tracked.",
              "properties": {
                "type": {
                  "type": "string",
                  "enum": [
                    "change",
                    "incident",
                    "ticket"
                  ],
                  "description": "What kind of record it is."
                },
                "id": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 100,
                  "pattern": "^[A-Za-z0-9#][A-Za-z0-9#._/-]*$",
                  "patternErrorMessage": "Write the id alone, such as `CHG-1042` or `#204`.",
                  "description": "Id of the record in its own system, such as `CHG-1042`."
                }
              }
            }
          },
          "compensatingControls": {
            "type": "array",
            "minItems": 0,
            "maxItems": 20,
            "uniqueItems": true,
            "description": "What limits the risk while the access lasts, such as `statement logging on`. The policy may ask for a number of them.",
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 200,
              "pattern": "^\\S(?:.*\\S)?$",
              "patternErrorMessage": "Write one line without spaces at its ends.",
              "description": "One control, in words."
            }
          },
          "exceptions": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "description": "Asks to hold, for once, what governance/conflicts.yaml says nobody may hold together. Needs compensating controls; the strictest tier applies, and a review follows.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "conflict",
                "reason"
              ],
              "description": "One exception.",
              "properties": {
                "conflict": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 95,
                  "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                  "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                  "description": "Name of the conflict in governance/conflicts.yaml."
                },
                "reason": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 2000,
                  "pattern": "^\\S",
                  "patternErrorMessage": "Begin the reason with a word.",
                  "description": "Why the conflict must be accepted this time."
                }
              }
            }
          }
        }
      }
    }
  },
  "access-policy": {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:countersign:schema:access-policy:v1",
    "title": "AccessPolicy",
    "description": "governance/policy/<name>.yaml: what requests of a tier need. Every policy that applies counts: limits take the minimum, requirements and approval steps the union.",
    "type": "object",
    "additionalProperties": false,
    "required": [
      "apiVersion",
      "kind",
      "metadata",
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "const": "countersign/v1",
        "description": "Version of the format. Always `countersign/v1`."
      },
      "kind": {
        "const": "AccessPolicy",
        "description": "Kind of the document. Always `AccessPolicy`."
      },
      "metadata": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name"
        ],
        "description": "Names the policy.",
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Name of the policy: the name of the file without `.yaml`."
          }
        }
      },
      "spec": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "appliesTo",
          "limits",
          "requires",
          "approvals"
        ],
        "description": "What the policy applies to and what it demands.",
        "properties": {
          "appliesTo": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "tiers"
            ],
            "description": "Which requests the policy applies to. Everything given here must match.",
            "properties": {
              "tiers": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "uniqueItems": true,
                "description": "Tiers of the entitlement that is asked for (or the stricter tier that the request names).",
                "items": {
                  "type": "string",
                  "enum": [
                    "low-risk",
                    "standard",
                    "privileged"
                  ],
                  "description": "A tier."
                }
              },
              "targets": {
                "type": "array",
                "minItems": 1,
                "maxItems": 1000,
                "uniqueItems": true,
                "description": "Only requests for these targets. Without it: every target.",
                "items": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 63,
                  "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                  "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                  "description": "Name of a target in the catalogue."
                }
              },
              "kinds": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "uniqueItems": true,
                "description": "Only these kinds of request. Without it: every kind.",
                "items": {
                  "type": "string",
                  "enum": [
                    "AccessRequest",
                    "BreakGlassRequest",
                    "AccessExtension"
                  ],
                  "description": "A kind of request."
                }
              }
            }
          },
          "limits": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "maxDuration",
              "maxTotalDuration",
              "maxConcurrent",
              "window",
              "approvalTtl",
              "pendingTimeout"
            ],
            "description": "Upper bounds, in time as ISO 8601 durations. Of several policies the smallest counts, of `window` the longest.",
            "properties": {
              "maxDuration": {
                "type": "string",
                "format": "duration",
                "maxLength": 40,
                "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                "description": "The longest `duration` a request may ask for, such as `PT8H`."
              },
              "maxTotalDuration": {
                "type": "string",
                "format": "duration",
                "maxLength": 40,
                "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                "description": "The longest that all requests of one person for the same access may last together within `window`: what is split or extended is added up."
              },
              "maxConcurrent": {
                "type": "integer",
                "minimum": 1,
                "maximum": 1000,
                "description": "How many grants one person may hold or have approved at the same time, this one included, at any target."
              },
              "window": {
                "type": "string",
                "format": "duration",
                "maxLength": 40,
                "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                "description": "How far back earlier requests of the same person for the same or overlapping access count: their open denials, who may approve, their summed durations, and mutual approvals."
              },
              "approvalTtl": {
                "type": "string",
                "format": "duration",
                "maxLength": 40,
                "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                "description": "How long an approval counts: after it, the decision lapses."
              },
              "pendingTimeout": {
                "type": "string",
                "format": "duration",
                "maxLength": 40,
                "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                "description": "How long a request may wait for its approvals before it expires unapproved."
              },
              "stalledAfter": {
                "type": "string",
                "format": "duration",
                "maxLength": 40,
                "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                "description": "How long a request may wait for its approvals before it is said to be stalled, so that it can be rerouted. Without it: it is stalled only when too few people are left who could approve."
              }
            }
          },
          "requires": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "references",
              "compensatingControls",
              "reasonLength"
            ],
            "description": "What the request itself must contain.",
            "properties": {
              "references": {
                "type": "array",
                "minItems": 0,
                "maxItems": 3,
                "uniqueItems": true,
                "description": "Types of reference that must each be there at least once.",
                "items": {
                  "type": "string",
                  "enum": [
                    "change",
                    "incident",
                    "ticket"
                  ],
                  "description": "A type of reference."
                }
              },
              "compensatingControls": {
                "type": "integer",
                "minimum": 0,
                "maximum": 20,
                "description": "How many compensating controls the request must name at least."
              },
              "reasonLength": {
                "type": "integer",
                "minimum": 0,
                "maximum": 1000,
                "description": "How many characters the reason must have at least."
              }
            }
          },
          "reroute": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "reasons",
              "maxDuration"
            ],
            "description": "Allows whoever has the role `rescue` to let somebody else of the same role approve a stalled request. Without it: nothing under this policy is rerouted.",
            "properties": {
              "reasons": {
                "type": "array",
                "minItems": 1,
                "maxItems": 20,
                "uniqueItems": true,
                "description": "Reason codes that a reroute may give. Every policy that applies must allow it.",
                "items": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 40,
                  "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$",
                  "patternErrorMessage": "Write a code of lower-case letters, digits and `-`, such as `approver-absent`.",
                  "description": "A reason code."
                }
              },
              "maxDuration": {
                "type": "string",
                "format": "duration",
                "maxLength": 40,
                "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                "description": "How long a reroute lasts at most. After it, the original route holds again."
              }
            }
          },
          "breakGlass": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "incidents",
              "chainStep",
              "budget"
            ],
            "description": "Makes this the policy for emergencies: it applies to BreakGlassRequest alone, has a `break-glass` step and a `reviewWithin`. Without a policy that has it, nothing is granted in an emergency.",
            "properties": {
              "incidents": {
                "type": "array",
                "minItems": 1,
                "maxItems": 20,
                "uniqueItems": true,
                "description": "Repositories whose issues are incidents. The reference of a request names one of them, as `owner/repository#7`, or as `#7` when there is only one.",
                "items": {
                  "type": "string",
                  "minLength": 3,
                  "maxLength": 140,
                  "pattern": "^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$",
                  "patternErrorMessage": "Write `owner/repository`.",
                  "description": "A repository."
                }
              },
              "chainStep": {
                "type": "string",
                "format": "duration",
                "maxLength": 40,
                "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                "description": "How long after the one before it each step of the fallback chain opens: the owners of the `[break-glass]` line in ROLES, in their order. The first is open at once."
              },
              "budget": {
                "type": "object",
                "additionalProperties": false,
                "required": [
                  "count",
                  "window"
                ],
                "description": "How often one person may ask for or receive access in an emergency, at any target.",
                "properties": {
                  "count": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 1000,
                    "description": "How many emergencies within the window, this one included."
                  },
                  "window": {
                    "type": "string",
                    "format": "duration",
                    "maxLength": 40,
                    "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                    "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                    "description": "How far back emergencies count."
                  }
                }
              }
            }
          },
          "reviewWithin": {
            "type": "string",
            "format": "duration",
            "maxLength": 40,
            "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
            "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
            "description": "How soon after the access has ended a `post-reviewer` must have said whether it was justified, where a review is due: after an emergency, an exception from a conflict, or a privileged reroute. Of several policies the smallest counts; without any it is `P7D`."
          },
          "deny": {
            "type": "array",
            "minItems": 1,
            "maxItems": 50,
            "description": "Further conditions under which a request is denied. One that cannot be evaluated denies as well.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "when",
                "code",
                "message"
              ],
              "description": "One condition.",
              "properties": {
                "when": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 1000,
                  "description": "A condition in CEL over `request`, `requester`, `beneficiary`, `target`, `entitlement` and `now`, such as `now.getDayOfWeek() == 0 && entitlement.tier == \"privileged\"`. When it holds, the request is denied."
                },
                "code": {
                  "type": "string",
                  "minLength": 3,
                  "maxLength": 60,
                  "pattern": "^(?!SOD-|EXEC-)[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$",
                  "patternErrorMessage": "Write a code in capitals, such as `NO-WEEKENDS`; `SOD-` and `EXEC-` are taken.",
                  "description": "Stable code of the denial, for machines."
                },
                "message": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 500,
                  "pattern": "^\\S(?:.*\\S)?$",
                  "patternErrorMessage": "Write one line without spaces at its ends.",
                  "description": "What the requester reads: why, and what to do instead."
                }
              }
            }
          },
          "approvals": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "all"
            ],
            "description": "Who must approve. A policy for a tier other than low-risk has a `control` or `break-glass` step.",
            "properties": {
              "all": {
                "type": "array",
                "minItems": 1,
                "maxItems": 10,
                "description": "The steps. All of them must be filled, each by other people.",
                "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": [
                    "role",
                    "count"
                  ],
                  "description": "One step: so many different people of one role.",
                  "properties": {
                    "role": {
                      "type": "string",
                      "enum": [
                        "approver",
                        "control",
                        "break-glass"
                      ],
                      "description": "The role in ROLES that can fill the step."
                    },
                    "count": {
                      "type": "integer",
                      "minimum": 1,
                      "maximum": 10,
                      "description": "How many different people must fill the step."
                    },
                    "notFrom": {
                      "type": "array",
                      "minItems": 1,
                      "maxItems": 2,
                      "uniqueItems": true,
                      "description": "Teams whose members cannot fill the step, beyond what the rules exclude anyway: `requesting-team` is every team of the requester set, `granting-team` the target's owning team.",
                      "items": {
                        "type": "string",
                        "enum": [
                          "requesting-team",
                          "granting-team"
                        ],
                        "description": "A team by its part in the request."
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  },
  "access-request": {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:countersign:schema:access-request:v1",
    "title": "AccessRequest",
    "description": "access-requests/<target>/<name>.yaml: asks for one entitlement for one beneficiary for a limited time.",
    "type": "object",
    "additionalProperties": false,
    "required": [
      "apiVersion",
      "kind",
      "metadata",
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "const": "countersign/v1",
        "description": "Version of the format. Always `countersign/v1`."
      },
      "kind": {
        "const": "AccessRequest",
        "description": "Kind of the document. Always `AccessRequest`."
      },
      "metadata": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name"
        ],
        "description": "Names the request.",
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^(?!.*\\.lock$)[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit and does not end in `.lock`.",
            "description": "Name of the request: the name of the file without `.yaml`. A name is used once, for ever."
          }
        }
      },
      "spec": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "requester",
          "beneficiary",
          "target",
          "entitlement",
          "duration",
          "reason"
        ],
        "description": "What is asked for. It carries no approver, approval rule or status: those come from governance.",
        "properties": {
          "requester": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Who asks: the name of a person or machine in people.yaml. Never approves this request."
          },
          "beneficiary": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "kind",
              "name"
            ],
            "description": "Who would receive the access.",
            "properties": {
              "kind": {
                "type": "string",
                "enum": [
                  "human",
                  "service-account",
                  "agent"
                ],
                "description": "What the beneficiary is. A service account or agent has an accountable human owner in people.yaml."
              },
              "name": {
                "type": "string",
                "minLength": 1,
                "maxLength": 95,
                "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                "description": "Name of the beneficiary in people.yaml."
              }
            }
          },
          "target": {
            "type": "string",
            "minLength": 1,
            "maxLength": 63,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Name of the target in the catalogue, exactly. Also the name of the folder the file lies in."
          },
          "entitlement": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Name of the entitlement in the target's catalogue entry, exactly. No lists and no wildcards."
          },
          "tier": {
            "type": "string",
            "enum": [
              "low-risk",
              "standard",
              "privileged"
            ],
            "description": "Asks for a stricter tier than the catalogue says. A softer one is refused."
          },
          "duration": {
            "type": "string",
            "format": "duration",
            "maxLength": 40,
            "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
            "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
            "description": "How long the access lasts from its activation: an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H` or `P1DT12H`."
          },
          "activateBy": {
            "type": "string",
            "format": "date-time",
            "maxLength": 30,
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,3})?Z$",
            "patternErrorMessage": "Write an instant in UTC, such as `2026-11-22T00:00:00Z`.",
            "description": "The access is not activated at or after this instant, in UTC, such as `2026-11-22T00:00:00Z`."
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000,
            "pattern": "^\\S",
            "patternErrorMessage": "Begin the reason with a word.",
            "description": "Why the access is needed, for the people who approve. The policy may ask for a minimum length."
          },
          "references": {
            "type": "array",
            "minItems": 0,
            "maxItems": 20,
            "description": "Where the work is tracked. The policy may ask for a type.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "type",
                "id"
              ],
              "description": "One place where the work is tracked.",
              "properties": {
                "type": {
                  "type": "string",
                  "enum": [
                    "change",
                    "incident",
                    "ticket"
                  ],
                  "description": "What kind of record it is."
                },
                "id": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 100,
                  "pattern": "^[A-Za-z0-9#][A-Za-z0-9#._/-]*$",
                  "patternErrorMessage": "Write the id alone, such as `CHG-1042` or `#204`.",
                  "description": "Id of the record in its own system, such as `CHG-1042`."
                }
              }
            }
          },
          "compensatingControls": {
            "type": "array",
            "minItems": 0,
            "maxItems": 20,
            "uniqueItems": true,
            "description": "What limits the risk while the access lasts, such as `statement logging on`. The policy may ask for a number of them.",
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 200,
              "pattern": "^\\S(?:.*\\S)?$",
              "patternErrorMessage": "Write one line without spaces at its ends.",
              "description": "One control, in words."
            }
          },
          "exceptions": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "description": "Asks to hold, for once, what governance/conflicts.yaml says nobody may hold together. Needs compensating controls; the strictest tier applies, and a review follows.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "conflict",
                "reason"
              ],
              "description": "One exception.",
              "properties": {
                "conflict": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 95,
                  "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                  "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                  "description": "Name of the conflict in governance/conflicts.yaml."
                },
                "reason": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 2000,
                  "pattern": "^\\S",
                  "patternErrorMessage": "Begin the reason with a word.",
                  "description": "Why the conflict must be accepted this time."
                }
              }
            }
          }
        }
      }
    }
  },
  "break-glass-request": {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:countersign:schema:break-glass-request:v1",
    "title": "BreakGlassRequest",
    "description": "access-requests/<target>/<name>.yaml: asks for access in an emergency. A named human approves it all the same, and a review follows.",
    "type": "object",
    "additionalProperties": false,
    "required": [
      "apiVersion",
      "kind",
      "metadata",
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "const": "countersign/v1",
        "description": "Version of the format. Always `countersign/v1`."
      },
      "kind": {
        "const": "BreakGlassRequest",
        "description": "Kind of the document. Always `BreakGlassRequest`."
      },
      "metadata": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name"
        ],
        "description": "Names the request.",
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^(?!.*\\.lock$)[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit and does not end in `.lock`.",
            "description": "Name of the request: the name of the file without `.yaml`. A name is used once, for ever."
          }
        }
      },
      "spec": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "requester",
          "beneficiary",
          "target",
          "entitlement",
          "duration",
          "reason",
          "references",
          "compensatingControls"
        ],
        "description": "What is asked for. It carries no approver, approval rule or status: those come from governance.",
        "properties": {
          "requester": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Who asks: the name of a person or machine in people.yaml. Never approves this request."
          },
          "beneficiary": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "kind",
              "name"
            ],
            "description": "Who would receive the access.",
            "properties": {
              "kind": {
                "type": "string",
                "enum": [
                  "human",
                  "service-account",
                  "agent"
                ],
                "description": "What the beneficiary is. A service account or agent has an accountable human owner in people.yaml."
              },
              "name": {
                "type": "string",
                "minLength": 1,
                "maxLength": 95,
                "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                "description": "Name of the beneficiary in people.yaml."
              }
            }
          },
          "target": {
            "type": "string",
            "minLength": 1,
            "maxLength": 63,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Name of the target in the catalogue, exactly. Also the name of the folder the file lies in."
          },
          "entitlement": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Name of the entitlement in the target's catalogue entry, exactly. No lists and no wildcards."
          },
          "tier": {
            "type": "string",
            "enum": [
              "low-risk",
              "standard",
              "privileged"
            ],
            "description": "Asks for a stricter tier than the catalogue says. A softer one is refused."
          },
          "duration": {
            "type": "string",
            "format": "duration",
            "maxLength": 40,
            "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
            "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
            "description": "How long the access lasts from its activation: an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H` or `P1DT12H`."
          },
          "activateBy": {
            "type": "string",
            "format": "date-time",
            "maxLength": 30,
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,3})?Z$",
            "patternErrorMessage": "Write an instant in UTC, such as `2026-11-22T00:00:00Z`.",
            "description": "The access is not activated at or after this instant, in UTC, such as `2026-11-22T00:00:00Z`."
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000,
            "pattern": "^\\S",
            "patternErrorMessage": "Begin the reason with a word.",
            "description": "Why the access is needed, for the people who approve. The policy may ask for a minimum length."
          },
          "references": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "description": "Where the emergency is tracked: at least one reference of type `incident`.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "type",
                "id"
              ],
              "description": "One place where the work is tracked.",
              "properties": {
                "type": {
                  "type": "string",
                  "enum": [
                    "change",
                    "incident",
                    "ticket"
                  ],
                  "description": "What kind of record it is."
                },
                "id": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 100,
                  "pattern": "^[A-Za-z0-9#][A-Za-z0-9#._/-]*$",
                  "patternErrorMessage": "Write the id alone, such as `CHG-1042` or `#204`.",
                  "description": "Id of the record in its own system, such as `CHG-1042`."
                }
              }
            },
            "contains": {
              "type": "object",
              "required": [
                "type"
              ],
              "properties": {
                "type": {
                  "const": "incident"
                }
              }
            }
          },
          "compensatingControls": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "uniqueItems": true,
            "description": "What limits the risk while the access lasts, such as `session recorded`. At least one.",
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 200,
              "pattern": "^\\S(?:.*\\S)?$",
              "patternErrorMessage": "Write one line without spaces at its ends.",
              "description": "One control, in words."
            }
          }
        }
      }
    }
  },
  "conflicts": {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:countersign:schema:conflicts:v1",
    "title": "Conflicts",
    "description": "governance/conflicts.yaml: pairs of entitlements nobody may hold together (static separation of duties).",
    "type": "object",
    "additionalProperties": false,
    "required": [
      "apiVersion",
      "kind",
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "const": "countersign/v1",
        "description": "Version of the format. Always `countersign/v1`."
      },
      "kind": {
        "const": "Conflicts",
        "description": "Kind of the document. Always `Conflicts`."
      },
      "spec": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "conflicts"
        ],
        "description": "The conflicts.",
        "properties": {
          "conflicts": {
            "type": "array",
            "minItems": 0,
            "maxItems": 1000,
            "description": "The conflicts; may be empty.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "name",
                "reason",
                "between"
              ],
              "description": "One conflict.",
              "properties": {
                "name": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 95,
                  "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                  "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                  "description": "Name of the conflict, as a request that asks for an exception writes it."
                },
                "reason": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 500,
                  "pattern": "^\\S(?:.*\\S)?$",
                  "patternErrorMessage": "Write one line without spaces at its ends.",
                  "description": "Why nobody may hold both."
                },
                "between": {
                  "type": "array",
                  "minItems": 2,
                  "maxItems": 2,
                  "description": "The two entitlements.",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": [
                      "target",
                      "entitlement"
                    ],
                    "description": "An entitlement in the catalogue.",
                    "properties": {
                      "target": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 63,
                        "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                        "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                        "description": "Name of a target in the catalogue."
                      },
                      "entitlement": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 95,
                        "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                        "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                        "description": "Name of an entitlement of that target."
                      }
                    }
                  }
                },
                "exception": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": [
                    "maxDuration"
                  ],
                  "description": "Allows an exception, with the strictest tier, an independent control person and a review afterwards. Without it there is none.",
                  "properties": {
                    "maxDuration": {
                      "type": "string",
                      "format": "duration",
                      "maxLength": 40,
                      "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                      "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                      "description": "The longest an exception may last."
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  },
  "governance-policy": {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:countersign:schema:governance-policy:v1",
    "title": "GovernancePolicy",
    "description": "governance/policy/<name>.yaml, exactly one of this kind: what a change under governance/ needs.",
    "type": "object",
    "additionalProperties": false,
    "required": [
      "apiVersion",
      "kind",
      "metadata",
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "const": "countersign/v1",
        "description": "Version of the format. Always `countersign/v1`."
      },
      "kind": {
        "const": "GovernancePolicy",
        "description": "Kind of the document. Always `GovernancePolicy`."
      },
      "metadata": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name"
        ],
        "description": "Names the policy.",
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Name of the policy: the name of the file without `.yaml`."
          }
        }
      },
      "spec": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "approvals",
          "limits"
        ],
        "description": "What the policy demands.",
        "properties": {
          "approvals": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "all"
            ],
            "description": "Who must approve a change of governance.",
            "properties": {
              "all": {
                "type": "array",
                "minItems": 1,
                "maxItems": 10,
                "description": "The steps. All of them must be filled, each by other people.",
                "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": [
                    "role",
                    "count"
                  ],
                  "description": "One step: so many different people of one role.",
                  "properties": {
                    "role": {
                      "const": "policy-admin",
                      "description": "The role in ROLES that can fill the step. Always `policy-admin`."
                    },
                    "count": {
                      "type": "integer",
                      "minimum": 1,
                      "maximum": 10,
                      "description": "How many different people must fill the step."
                    }
                  }
                }
              }
            }
          },
          "limits": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "approvalTtl"
            ],
            "description": "Upper bounds in time, as ISO 8601 durations.",
            "properties": {
              "approvalTtl": {
                "type": "string",
                "format": "duration",
                "maxLength": 40,
                "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                "description": "How long an approval counts: after it, the decision lapses."
              }
            }
          }
        }
      }
    }
  },
  "people": {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:countersign:schema:people:v1",
    "title": "People",
    "description": "governance/people.yaml: who is who. One person may have many accounts; a machine has an accountable human owner. An account that is not named here approves nothing.",
    "type": "object",
    "additionalProperties": false,
    "required": [
      "apiVersion",
      "kind",
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "const": "countersign/v1",
        "description": "Version of the format. Always `countersign/v1`."
      },
      "kind": {
        "const": "People",
        "description": "Kind of the document. Always `People`."
      },
      "spec": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "people",
          "teams",
          "machines"
        ],
        "description": "The people, teams and machines of the organisation.",
        "properties": {
          "people": {
            "type": "array",
            "minItems": 1,
            "maxItems": 10000,
            "description": "The people.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "name",
                "accounts",
                "teams",
                "identities"
              ],
              "description": "One person.",
              "properties": {
                "name": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 95,
                  "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                  "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                  "description": "Name of the person, as requests write it."
                },
                "status": {
                  "type": "string",
                  "enum": [
                    "active",
                    "suspended"
                  ],
                  "description": "`suspended`: approves nothing for now. Denials and exclusions stay. Without it: `active`."
                },
                "accounts": {
                  "type": "array",
                  "minItems": 1,
                  "maxItems": 20,
                  "description": "All accounts of the person: they count as one.",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": [
                      "login",
                      "id"
                    ],
                    "description": "One account at the forge.",
                    "properties": {
                      "login": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 60,
                        "pattern": "^[A-Za-z0-9](?:[A-Za-z0-9_-])*(?:\\[bot\\])?$",
                        "patternErrorMessage": "Write the login without `@`, such as `octocat` or `app-name[bot]`.",
                        "description": "Login, for people. It must be the login of `id`, or the account counts for nothing."
                      },
                      "id": {
                        "type": "integer",
                        "minimum": 1,
                        "maximum": 9007199254740991,
                        "description": "Numeric id at the forge: what the account is compared by. Shown by `https://api.github.com/users/<login>`."
                      }
                    }
                  }
                },
                "teams": {
                  "type": "array",
                  "minItems": 0,
                  "maxItems": 100,
                  "uniqueItems": true,
                  "description": "Teams the person is in, by name.",
                  "items": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 95,
                    "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                    "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                    "description": "Name of a team of this file."
                  }
                },
                "identities": {
                  "type": "array",
                  "minItems": 0,
                  "maxItems": 1000,
                  "description": "Names under which they are known at targets.",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": [
                      "target",
                      "name"
                    ],
                    "description": "The name at one target.",
                    "properties": {
                      "target": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 63,
                        "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                        "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                        "description": "Name of a target in the catalogue."
                      },
                      "name": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 200,
                        "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.@:/+=,-]*$",
                        "patternErrorMessage": "Write the name without spaces, such as `payments_readonly`.",
                        "description": "Name at the target; for PostgreSQL the login role."
                      }
                    }
                  }
                }
              }
            }
          },
          "teams": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "description": "The teams. A team in ROLES is a team of this list.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "name",
                "description"
              ],
              "description": "One team.",
              "properties": {
                "name": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 95,
                  "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                  "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                  "description": "Name of the team; its slug at the forge, if the forge has it."
                },
                "description": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 500,
                  "pattern": "^\\S(?:.*\\S)?$",
                  "patternErrorMessage": "Write one line without spaces at its ends.",
                  "description": "What the team is there for."
                }
              }
            }
          },
          "machines": {
            "type": "array",
            "minItems": 0,
            "maxItems": 10000,
            "description": "Service accounts, agents and Apps. None of them ever approves.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "name",
                "kind",
                "owner",
                "accounts",
                "identities"
              ],
              "description": "One machine.",
              "properties": {
                "name": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 95,
                  "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                  "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                  "description": "Name of the machine, as requests write it."
                },
                "kind": {
                  "type": "string",
                  "enum": [
                    "service-account",
                    "agent",
                    "gate",
                    "executor",
                    "bot"
                  ],
                  "description": "What the machine is. `gate` and `executor` are the two identities of Countersign itself."
                },
                "owner": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 95,
                  "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                  "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                  "description": "The accountable human: a name in `people`."
                },
                "accounts": {
                  "type": "array",
                  "minItems": 0,
                  "maxItems": 20,
                  "description": "Accounts of the machine at the forge; may be empty.",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": [
                      "login",
                      "id"
                    ],
                    "description": "One account at the forge.",
                    "properties": {
                      "login": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 60,
                        "pattern": "^[A-Za-z0-9](?:[A-Za-z0-9_-])*(?:\\[bot\\])?$",
                        "patternErrorMessage": "Write the login without `@`, such as `octocat` or `app-name[bot]`.",
                        "description": "Login, for people. It must be the login of `id`, or the account counts for nothing."
                      },
                      "id": {
                        "type": "integer",
                        "minimum": 1,
                        "maximum": 9007199254740991,
                        "description": "Numeric id at the forge: what the account is compared by. Shown by `https://api.github.com/users/<login>`."
                      }
                    }
                  }
                },
                "identities": {
                  "type": "array",
                  "minItems": 0,
                  "maxItems": 1000,
                  "description": "Names under which they are known at targets.",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": [
                      "target",
                      "name"
                    ],
                    "description": "The name at one target.",
                    "properties": {
                      "target": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 63,
                        "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                        "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                        "description": "Name of a target in the catalogue."
                      },
                      "name": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 200,
                        "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.@:/+=,-]*$",
                        "patternErrorMessage": "Write the name without spaces, such as `payments_readonly`.",
                        "description": "Name at the target; for PostgreSQL the login role."
                      }
                    }
                  }
                }
              }
            }
          },
          "delegations": {
            "type": "array",
            "minItems": 0,
            "maxItems": 1000,
            "description": "Dated hand-overs of a role, so that somebody who is away has a human in their place (P8). Like every change of this file they are approved by people who gain nothing by them.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "from",
                "to",
                "role",
                "since",
                "until",
                "reason"
              ],
              "description": "One hand-over. It counts where `from` could approve by themselves, never for longer than they hold the role, and is handed on to nobody else.",
              "properties": {
                "from": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 95,
                  "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                  "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                  "description": "Who hands over: a name in `people`."
                },
                "to": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 95,
                  "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                  "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                  "description": "Who acts in their place: another name in `people`."
                },
                "role": {
                  "type": "string",
                  "enum": [
                    "approver",
                    "control",
                    "break-glass"
                  ],
                  "description": "The role that is handed over, for every path that `from` holds it for."
                },
                "since": {
                  "type": "string",
                  "format": "date-time",
                  "maxLength": 30,
                  "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,3})?Z$",
                  "patternErrorMessage": "Write an instant in UTC, such as `2026-11-22T00:00:00Z`.",
                  "description": "From when on, in UTC, such as `2026-11-22T00:00:00Z`. A request that was first asked for earlier does not count it."
                },
                "until": {
                  "type": "string",
                  "format": "date-time",
                  "maxLength": 30,
                  "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,3})?Z$",
                  "patternErrorMessage": "Write an instant in UTC, such as `2026-11-22T00:00:00Z`.",
                  "description": "Until when, in UTC; half-open."
                },
                "reason": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 200,
                  "pattern": "^\\S(?:.*\\S)?$",
                  "patternErrorMessage": "Write one line without spaces at its ends.",
                  "description": "Why, such as `annual leave`."
                }
              }
            }
          }
        }
      }
    }
  },
  "policy-test": {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:countersign:schema:policy-test:v1",
    "title": "PolicyTest",
    "description": "governance/policy/<name>.test.yaml: what the policies must say about requests that could be made. `countersign policy test` runs it; it has no effect on any decision.",
    "type": "object",
    "additionalProperties": false,
    "required": [
      "apiVersion",
      "kind",
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "const": "countersign/v1",
        "description": "Version of the format. Always `countersign/v1`."
      },
      "kind": {
        "const": "PolicyTest",
        "description": "Kind of the document. Always `PolicyTest`."
      },
      "spec": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "cases"
        ],
        "description": "A decision table.",
        "properties": {
          "request": {
            "type": "object",
            "additionalProperties": false,
            "description": "The `spec` of the request that most cases start from. Without it, every case gives the whole of its own. Its values are judged with the request, so that a case can show what is refused.",
            "properties": {
              "requester": {
                "description": "Who asks: the name of a person or machine in people.yaml.",
                "anyValue": true
              },
              "beneficiary": {
                "description": "Who would receive the access, such as `{ kind: human, name: alice }`.",
                "anyValue": true
              },
              "target": {
                "description": "Name of a target in the catalogue.",
                "anyValue": true
              },
              "entitlement": {
                "description": "Name of one of its entitlements.",
                "anyValue": true
              },
              "tier": {
                "description": "A stricter tier than the catalogue's.",
                "anyValue": true
              },
              "duration": {
                "description": "How long the access lasts, such as `PT4H`.",
                "anyValue": true
              },
              "activateBy": {
                "description": "The access is not activated at or after this instant.",
                "anyValue": true
              },
              "reason": {
                "description": "Why the access is needed.",
                "anyValue": true
              },
              "references": {
                "description": "Where the work is tracked, such as `[{ type: change, id: CHG-1042 }]`.",
                "anyValue": true
              },
              "compensatingControls": {
                "description": "What limits the risk while the access lasts, such as `[statement logging on]`.",
                "anyValue": true
              },
              "exceptions": {
                "description": "Conflicts that are to be accepted, such as `[{ conflict: settle-and-report, reason: Year end }]`.",
                "anyValue": true
              }
            }
          },
          "cases": {
            "type": "array",
            "minItems": 1,
            "maxItems": 500,
            "description": "The cases, refusals beside approvals.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "note",
                "given",
                "want"
              ],
              "description": "One hypothetical pull request, and what must be decided about it.",
              "properties": {
                "note": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 300,
                  "pattern": "^\\S(?:.*\\S)?$",
                  "patternErrorMessage": "Write one line without spaces at its ends.",
                  "description": "What the case shows, in one line. No other case of the table has the same."
                },
                "given": {
                  "type": "object",
                  "additionalProperties": false,
                  "description": "What is different from a pull request that its requester opened and pushed alone, that nobody reviewed, and of which every fact could be read.",
                  "properties": {
                    "author": {
                      "type": "string",
                      "minLength": 1,
                      "maxLength": 95,
                      "pattern": "^[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.[A-Za-z0-9_-])*(?:\\[bot\\])?$",
                      "patternErrorMessage": "Write a name in people.yaml, or a login without `@`.",
                      "description": "Who opened the pull request and wrote its commit. Without it: the requester, or the owner of a requester that has no account."
                    },
                    "coauthors": {
                      "type": "array",
                      "minItems": 1,
                      "maxItems": 50,
                      "description": "Who is named as co-author of its commit.",
                      "items": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 95,
                        "pattern": "^[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.[A-Za-z0-9_-])*(?:\\[bot\\])?$",
                        "patternErrorMessage": "Write a name in people.yaml, or a login without `@`.",
                        "description": "A name in people.yaml, or a login."
                      },
                      "uniqueItems": true
                    },
                    "request": {
                      "type": "object",
                      "additionalProperties": false,
                      "description": "What is different in the request: each key replaces the one of `spec.request`; `null` removes it.",
                      "properties": {
                        "requester": {
                          "description": "Who asks: the name of a person or machine in people.yaml.",
                          "anyValue": true
                        },
                        "beneficiary": {
                          "description": "Who would receive the access, such as `{ kind: human, name: alice }`.",
                          "anyValue": true
                        },
                        "target": {
                          "description": "Name of a target in the catalogue.",
                          "anyValue": true
                        },
                        "entitlement": {
                          "description": "Name of one of its entitlements.",
                          "anyValue": true
                        },
                        "tier": {
                          "description": "A stricter tier than the catalogue's.",
                          "anyValue": true
                        },
                        "duration": {
                          "description": "How long the access lasts, such as `PT4H`.",
                          "anyValue": true
                        },
                        "activateBy": {
                          "description": "The access is not activated at or after this instant.",
                          "anyValue": true
                        },
                        "reason": {
                          "description": "Why the access is needed.",
                          "anyValue": true
                        },
                        "references": {
                          "description": "Where the work is tracked, such as `[{ type: change, id: CHG-1042 }]`.",
                          "anyValue": true
                        },
                        "compensatingControls": {
                          "description": "What limits the risk while the access lasts, such as `[statement logging on]`.",
                          "anyValue": true
                        },
                        "exceptions": {
                          "description": "Conflicts that are to be accepted, such as `[{ conflict: settle-and-report, reason: Year end }]`.",
                          "anyValue": true
                        }
                      }
                    },
                    "approvals": {
                      "type": "array",
                      "minItems": 1,
                      "maxItems": 50,
                      "description": "Who approves, in this order: the short form of `reviews`.",
                      "items": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 95,
                        "pattern": "^[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.[A-Za-z0-9_-])*(?:\\[bot\\])?$",
                        "patternErrorMessage": "Write a name in people.yaml, or a login without `@`.",
                        "description": "A name in people.yaml, or a login."
                      },
                      "uniqueItems": true
                    },
                    "reviews": {
                      "type": "array",
                      "minItems": 1,
                      "maxItems": 50,
                      "description": "The reviews in order, after those of `approvals`; each saw the present content.",
                      "items": {
                        "type": "object",
                        "additionalProperties": false,
                        "required": [
                          "by"
                        ],
                        "description": "One review.",
                        "properties": {
                          "by": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 95,
                            "pattern": "^[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.[A-Za-z0-9_-])*(?:\\[bot\\])?$",
                            "patternErrorMessage": "Write a name in people.yaml, or a login without `@`.",
                            "description": "A name in people.yaml (then it is given with their first account), or a login."
                          },
                          "state": {
                            "type": "string",
                            "enum": [
                              "APPROVED",
                              "CHANGES_REQUESTED",
                              "COMMENTED",
                              "DISMISSED"
                            ],
                            "description": "What the review says. Without it: `APPROVED`. `DISMISSED` is an approval that was dismissed."
                          },
                          "at": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 30,
                            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,3})?Z$",
                            "patternErrorMessage": "Write an instant in UTC, such as `2026-11-22T00:00:00Z`.",
                            "description": "When it was given. Without it: three hours before `now`, each a second after the last."
                          }
                        }
                      }
                    },
                    "holds": {
                      "type": "array",
                      "minItems": 1,
                      "maxItems": 50,
                      "description": "Access that is in effect already.",
                      "items": {
                        "type": "object",
                        "additionalProperties": false,
                        "required": [
                          "person",
                          "target",
                          "entitlement"
                        ],
                        "description": "One grant.",
                        "properties": {
                          "person": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 95,
                            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                            "description": "Who holds it: the name of a person or machine in people.yaml."
                          },
                          "target": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 95,
                            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                            "description": "Name of a target in the catalogue."
                          },
                          "entitlement": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 95,
                            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                            "description": "Name of one of its entitlements."
                          }
                        }
                      }
                    },
                    "earlier": {
                      "type": "array",
                      "minItems": 1,
                      "maxItems": 50,
                      "description": "Earlier requests of the same person for the same access that were granted: their durations are summed.",
                      "items": {
                        "type": "object",
                        "additionalProperties": false,
                        "required": [
                          "duration"
                        ],
                        "description": "One earlier request.",
                        "properties": {
                          "duration": {
                            "type": "string",
                            "format": "duration",
                            "maxLength": 40,
                            "pattern": "^P(?=[0-9T])(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,8}S)?)?$",
                            "patternErrorMessage": "Write an ISO 8601 duration in days, hours, minutes and seconds, such as `PT4H`, `PT30M` or `P1DT12H`.",
                            "description": "How long it lasted."
                          },
                          "at": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 30,
                            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,3})?Z$",
                            "patternErrorMessage": "Write an instant in UTC, such as `2026-11-22T00:00:00Z`.",
                            "description": "When it was asked for. Without it: a day before this pull request was opened."
                          }
                        }
                      }
                    },
                    "now": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 30,
                      "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,3})?Z$",
                      "patternErrorMessage": "Write an instant in UTC, such as `2026-11-22T00:00:00Z`.",
                      "description": "The instant at which is decided. Without it: `2026-06-01T12:00:00Z`, a Monday. The pull request was opened four hours before."
                    }
                  }
                },
                "want": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": [
                    "verdict"
                  ],
                  "description": "What the decision must say. What is not given here may be anything.",
                  "properties": {
                    "verdict": {
                      "type": "string",
                      "enum": [
                        "approved",
                        "pending",
                        "denied"
                      ],
                      "description": "The verdict."
                    },
                    "findings": {
                      "type": "object",
                      "additionalProperties": {
                        "type": "string",
                        "enum": [
                          "satisfied",
                          "pending",
                          "violated",
                          "indeterminate"
                        ],
                        "description": "Outcome of the finding."
                      },
                      "description": "Outcomes of findings by their code, such as `SOD-STEP-CONTROL: pending`, or by the code of a deny condition."
                    },
                    "says": {
                      "type": "string",
                      "minLength": 1,
                      "maxLength": 300,
                      "pattern": "^\\S(?:.*\\S)?$",
                      "patternErrorMessage": "Write one line without spaces at its ends.",
                      "description": "A part of the reason of one of the findings."
                    },
                    "reviews": {
                      "type": "object",
                      "additionalProperties": {
                        "type": "string",
                        "maxLength": 60,
                        "pattern": "^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$",
                        "patternErrorMessage": "Write a code in capitals, such as `SOD-COUNTS`.",
                        "description": "Code of the judgement."
                      },
                      "description": "Codes of what became of reviews, by who gave them as written under `approvals` or `reviews`; of several, the last."
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  },
  "target": {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:countersign:schema:target:v1",
    "title": "Target",
    "description": "governance/targets/<target>.yaml: a system that holds access, and the entitlements that can be asked for. Contains no secrets.",
    "type": "object",
    "additionalProperties": false,
    "required": [
      "apiVersion",
      "kind",
      "metadata",
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "const": "countersign/v1",
        "description": "Version of the format. Always `countersign/v1`."
      },
      "kind": {
        "const": "Target",
        "description": "Kind of the document. Always `Target`."
      },
      "metadata": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name"
        ],
        "description": "Names the target.",
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 63,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "Name of the target: the name of the file without `.yaml`."
          }
        }
      },
      "spec": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "provider",
          "owningTeam",
          "description",
          "entitlements"
        ],
        "description": "What the system is and what it offers.",
        "properties": {
          "provider": {
            "type": "string",
            "enum": [
              "postgres",
              "ldap-group",
              "ssh-certificate",
              "sudoers",
              "github-team",
              "github-repository",
              "okta-group",
              "scim-group",
              "kubernetes-role-binding",
              "aws-identity-center",
              "webhook"
            ],
            "description": "Which kind of system it is; the executor reaches each kind in a way of its own."
          },
          "owningTeam": {
            "type": "string",
            "minLength": 1,
            "maxLength": 95,
            "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
            "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
            "description": "The team in people.yaml that grants access to this target. Its members are no independent control."
          },
          "description": {
            "type": "string",
            "minLength": 1,
            "maxLength": 500,
            "pattern": "^\\S(?:.*\\S)?$",
            "patternErrorMessage": "Write one line without spaces at its ends.",
            "description": "What the system is, for people who ask for access."
          },
          "drift": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "mode"
            ],
            "description": "Whether the executor looks for access at this target that no grant explains: permissions of the catalogue, held by identities of people.yaml. Without it nobody looks. What is found at the first look is recorded and always left alone.",
            "properties": {
              "mode": {
                "type": "string",
                "enum": [
                  "observe",
                  "warn",
                  "enforce"
                ],
                "description": "What is done about what comes after the first look. `observe` records it, `warn` also logs it loudly, `enforce` takes it out."
              },
              "mostPerPass": {
                "type": "integer",
                "minimum": 1,
                "maximum": 1000,
                "description": "With `enforce`: how much may be taken out after one look. When more is found, nothing is taken out and that is logged loudly. Without it: 10."
              },
              "everyHours": {
                "type": "integer",
                "minimum": 1,
                "maximum": 720,
                "description": "Hours between two looks. Without it: 24."
              },
              "exempt": {
                "type": "array",
                "minItems": 0,
                "maxItems": 1000,
                "uniqueItems": true,
                "description": "Identities that are not looked at, such as an owner of the system. Without it: none.",
                "items": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 200,
                  "description": "Name at the target, as people.yaml has it."
                }
              }
            }
          },
          "entitlements": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "description": "The catalogue: everything that can be asked for at this target.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "name",
                "description",
                "tier",
                "permission",
                "includes"
              ],
              "description": "One entitlement.",
              "properties": {
                "name": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 95,
                  "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                  "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                  "description": "Name of the entitlement, as requests write it."
                },
                "description": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 500,
                  "pattern": "^\\S(?:.*\\S)?$",
                  "patternErrorMessage": "Write one line without spaces at its ends.",
                  "description": "What the entitlement allows, for people who ask for it and who approve it."
                },
                "tier": {
                  "type": "string",
                  "enum": [
                    "low-risk",
                    "standard",
                    "privileged"
                  ],
                  "description": "How sensitive the entitlement is."
                },
                "permission": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 200,
                  "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.@:/+=,-]*$",
                  "patternErrorMessage": "Write the name without spaces, such as `payments_readonly`.",
                  "description": "Name of the permission at the target; for PostgreSQL the database role."
                },
                "includes": {
                  "type": "array",
                  "minItems": 0,
                  "maxItems": 100,
                  "uniqueItems": true,
                  "description": "Entitlements of the same target that this one contains.",
                  "items": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 95,
                    "pattern": "^[a-z0-9](?:[a-z0-9_-]|\\.[a-z0-9_-])*$",
                    "patternErrorMessage": "Write a name of lower-case letters, digits, `.`, `_` and `-` that begins with a letter or digit.",
                    "description": "Name of an entitlement of this target."
                  }
                }
              }
            }
          }
        }
      }
    }
  },
  "trust-root-signatures": {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:countersign:schema:trust-root-signatures:v1",
    "title": "TrustRootSignatures",
    "description": "governance/trust-root.signatures.json, not beside the first trust root: who signed the trust root beside it, so that it may follow the one before.",
    "type": "object",
    "additionalProperties": false,
    "required": [
      "apiVersion",
      "kind",
      "payloadType",
      "signatures"
    ],
    "properties": {
      "apiVersion": {
        "const": "countersign/v1",
        "description": "Version of the format. Always `countersign/v1`."
      },
      "kind": {
        "const": "TrustRootSignatures",
        "description": "Kind of the document. Always `TrustRootSignatures`."
      },
      "payloadType": {
        "const": "application/vnd.countersign.trust-root+json",
        "description": "DSSE's name for what is signed: the canonical JSON of `governance/trust-root.json`. Always `application/vnd.countersign.trust-root+json`."
      },
      "signatures": {
        "type": "array",
        "minItems": 1,
        "maxItems": 100,
        "description": "The signatures, each by another key. `countersign trust-root sign` adds them.",
        "items": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "keyid",
            "sig"
          ],
          "description": "One signature.",
          "properties": {
            "keyid": {
              "type": "string",
              "pattern": "^sha256:[0-9a-f]{64}$",
              "patternErrorMessage": "Write `sha256:` and 64 lower-case hex digits, as `countersign trust-root sign` writes them.",
              "description": "`keyid` of the key that signed."
            },
            "sig": {
              "type": "string",
              "pattern": "^[A-Za-z0-9+/]{86}==$",
              "patternErrorMessage": "Write the signature as `countersign trust-root sign` writes it.",
              "description": "The Ed25519 signature over DSSE's pre-authentication encoding, in base64."
            }
          }
        }
      }
    }
  },
  "trust-root": {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:countersign:schema:trust-root:v1",
    "title": "TrustRoot",
    "description": "governance/trust-root.json: the public keys that may sign the ledgers, by key role, and the repository and branch they are valid for. An auditor pins its hash from outside.",
    "type": "object",
    "additionalProperties": false,
    "required": [
      "apiVersion",
      "kind",
      "version",
      "repository",
      "keys",
      "keyRoles"
    ],
    "properties": {
      "apiVersion": {
        "const": "countersign/v1",
        "description": "Version of the format. Always `countersign/v1`."
      },
      "kind": {
        "const": "TrustRoot",
        "description": "Kind of the document. Always `TrustRoot`."
      },
      "description": {
        "type": "string",
        "minLength": 1,
        "maxLength": 500,
        "description": "A sentence for people about these keys. It decides nothing, but it is part of the hash that an auditor pins."
      },
      "version": {
        "type": "integer",
        "minimum": 1,
        "maximum": 1000000,
        "description": "Number of this trust root: 1 for the first, one more for every one that follows it."
      },
      "previous": {
        "type": "string",
        "pattern": "^sha256:[0-9a-f]{64}$",
        "patternErrorMessage": "Write `sha256:` and 64 lower-case hex digits, as `countersign trust-root show` prints them.",
        "description": "Hash of the trust root that this one follows. Not in the first; `countersign trust-root rotate` writes it."
      },
      "repository": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "governedBranch"
        ],
        "description": "The repository the keys are valid for, so that a copy of the ledgers in another repository proves nothing.",
        "properties": {
          "id": {
            "type": "integer",
            "minimum": 1,
            "maximum": 9007199254740991,
            "description": "Numeric id of the access repository on the forge. A name can be registered again, an id cannot."
          },
          "governedBranch": {
            "type": "string",
            "minLength": 1,
            "maxLength": 100,
            "pattern": "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
            "patternErrorMessage": "Write the name of the branch alone, such as `main`.",
            "description": "Name of the branch that is the truth about desired access, without `refs/heads/`."
          }
        }
      },
      "keys": {
        "type": "array",
        "minItems": 1,
        "maxItems": 50,
        "description": "The public keys. Each is named by at most one key role.",
        "items": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "keyid",
            "algorithm",
            "publicKey"
          ],
          "description": "One public key.",
          "properties": {
            "keyid": {
              "type": "string",
              "pattern": "^sha256:[0-9a-f]{64}$",
              "patternErrorMessage": "Write `sha256:` and 64 lower-case hex digits, as `countersign keygen` prints them.",
              "description": "Name of the key: `sha256:` and the SHA-256 of its DER-encoded SubjectPublicKeyInfo in lower-case hex."
            },
            "algorithm": {
              "const": "ed25519",
              "description": "Signature algorithm. Always `ed25519`."
            },
            "publicKey": {
              "type": "string",
              "patternErrorMessage": "Write the key as `countersign keygen` prints it.",
              "pattern": "^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$",
              "description": "The DER-encoded SubjectPublicKeyInfo of an Ed25519 key in base64, as `countersign keygen` prints it."
            }
          }
        }
      },
      "keyRoles": {
        "type": "array",
        "minItems": 1,
        "maxItems": 3,
        "description": "What each key may sign. A key is in one key role only, so that no key can both decide and carry out.",
        "items": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "name",
            "threshold",
            "keyids"
          ],
          "description": "One key role: who may sign and how many must.",
          "properties": {
            "name": {
              "enum": [
                "root",
                "decision",
                "execution"
              ],
              "description": "`root` signs the next trust root, `decision` the entries of the gate, `execution` the entries of the executor."
            },
            "threshold": {
              "type": "integer",
              "minimum": 1,
              "maximum": 50,
              "description": "How many different keys of the key role must sign. Never more than it has keys."
            },
            "keyids": {
              "type": "array",
              "minItems": 1,
              "maxItems": 50,
              "description": "The keys of the key role by their `keyid`.",
              "items": {
                "type": "string",
                "pattern": "^sha256:[0-9a-f]{64}$",
                "patternErrorMessage": "Write `sha256:` and 64 lower-case hex digits, as `countersign keygen` prints them.",
                "description": "`keyid` of one of `keys`."
              }
            }
          }
        }
      }
    }
  }
};
