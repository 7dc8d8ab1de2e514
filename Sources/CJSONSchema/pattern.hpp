#pragma once

#include <regex>
#include <string>

namespace configbus {

/// A regular expression (ECMAScript) over Unicode scalars.
///
/// With libstdc++ it runs as an automaton: in time linear in the text and without calling itself for each character, so
/// that no text, however long or unlucky, takes the process down. Back references are refused for that reason.
class Pattern
{
public:
    explicit Pattern(const std::string &pattern);

    /// True when some part of a text (UTF-8) matches.
    bool isFoundIn(const std::string &text) const;

private:
    std::wregex m_expression;
};

/// Throws when a pattern cannot be used in `patternProperties`. valijson matches keys with a backtracking std::regex, so
/// beside what `Pattern` refuses, patterns are refused that can take time exponential in the key.
void checkKeyPattern(const std::string &pattern);

}  // namespace configbus
