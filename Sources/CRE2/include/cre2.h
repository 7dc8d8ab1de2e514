// Patterns of RE2, which are searched in linear time.

#ifndef CONFIGBUS_CRE2_H
#define CONFIGBUS_CRE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct cre2_pattern;

// Compiles a pattern in RE2's syntax, in UTF-8, which takes no more memory than `memory` bytes. When it cannot, the result is
// NULL and `error` a sentence, cut to `error_size` bytes with the zero at its end.
struct cre2_pattern *cre2_compile(
    const char *pattern, size_t length, int64_t memory, char *error, size_t error_size);

// True when the pattern is found anywhere in the text. Threads may search with one pattern at the same time.
bool cre2_is_found(const struct cre2_pattern *pattern, const char *text, size_t length);

void cre2_free(struct cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif

#endif
