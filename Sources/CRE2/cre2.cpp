#include "cre2.h"

#include <re2/re2.h>

#include <cstdio>
#include <memory>
#include <new>

// RE2 throws nothing itself; want of memory ends the program, as it does in Swift.

struct cre2_pattern {
    RE2 expression;

    cre2_pattern(const re2::StringPiece &text, const RE2::Options &options) : expression(text, options) {}
};

extern "C" cre2_pattern *cre2_compile(
    const char *pattern, size_t length, int64_t memory, char *error, size_t error_size) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_max_mem(memory);
    auto compiled = std::make_unique<cre2_pattern>(re2::StringPiece(pattern, length), options);
    if (compiled->expression.ok()) return compiled.release();
    std::snprintf(error, error_size, "%s", compiled->expression.error().c_str());
    return nullptr;
}

extern "C" bool cre2_is_found(const cre2_pattern *pattern, const char *text, size_t length) {
    return RE2::PartialMatch(re2::StringPiece(text, length), pattern->expression);
}

extern "C" void cre2_free(cre2_pattern *pattern) { delete pattern; }
