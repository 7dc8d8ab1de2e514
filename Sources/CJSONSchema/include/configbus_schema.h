// JSON Schema (draft-07) over valijson, for callers that cannot see C++.
//
// No function throws, none keeps a pointer that it was given. A schema may be used by one thread at a time.
//
// The schema must have been prepared by the caller (module SchemaValidation): `$ref` only to `#` and
// `#/definitions/...`, no cycle of schemas that apply to the same value, and these keywords under names of our own,
// because valijson's versions of them can crash, never end or are wrong:
//
//   configbus:type         like `type`; integers of any size and 1.0 are integers
//   configbus:pattern      like `pattern`; Unicode scalars, time linear in the string, no recursion over it
//   configbus:format       date, time, date-time, ipv4, ipv6; other formats and other types pass
//   configbus:uniqueItems  like `uniqueItems`; n log n
//   configbus:multipleOf   like `multipleOf`; a number above zero
//   configbus:never        the schema `false`
//   configbus:keyPatterns  at the root: every pattern of every `patternProperties`
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled schema.
typedef struct configbus_schema configbus_schema;

/// The violations found in one document.
typedef struct configbus_schema_report configbus_schema_report;

/// Compiles a schema. NULL when that is not possible; `*error` is then a sentence to be released with `free`, or NULL when
/// there was no memory for it.
configbus_schema *configbus_schema_compile(const uint8_t *bytes, size_t count, char **error);

void configbus_schema_free(configbus_schema *schema);

/// Checks a document. NULL when that is not possible, with `*error` as above.
configbus_schema_report *configbus_schema_validate(
    const configbus_schema *schema, const uint8_t *bytes, size_t count, char **error);

/// How many violations there are; none means that the document is valid.
size_t configbus_schema_report_count(const configbus_schema_report *report);

/// The JSON pointer (RFC 6901) to the value of a violation; valid as long as the report.
const char *configbus_schema_report_pointer(const configbus_schema_report *report, size_t index);

/// What is wrong with the value; valid as long as the report.
const char *configbus_schema_report_message(const configbus_schema_report *report, size_t index);

void configbus_schema_report_free(configbus_schema_report *report);

#ifdef __cplusplus
}
#endif
