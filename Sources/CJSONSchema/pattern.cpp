#include "pattern.hpp"

#include <stdexcept>
#include <vector>

namespace configbus {

namespace {

/// UTF-8 that is known to be valid as scalars.
std::wstring scalars(const std::string &text)
{
    static_assert(sizeof(wchar_t) == 4, "a wchar_t holds a Unicode scalar");
    std::wstring result;
    result.reserve(text.size());
    for (size_t index = 0; index < text.size();) {
        const auto lead = static_cast<unsigned char>(text[index]);
        const int length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        uint32_t scalar = length == 1 ? lead : lead & (0xff >> (length + 1));
        for (int offset = 1; offset < length && index + offset < text.size(); ++offset) {
            scalar = scalar << 6 | (static_cast<unsigned char>(text[index + offset]) & 0x3f);
        }
        result.push_back(static_cast<wchar_t>(scalar));
        index += length;
    }
    return result;
}

std::runtime_error unusable(const std::string &pattern, const std::regex_error &error)
{
    std::string reason = error.what();
    while (!reason.empty() && reason.back() == '.') { reason.pop_back(); }
    return std::runtime_error("The pattern " + pattern + " cannot be used: " + reason + ".");
}

std::wregex compile(const std::string &pattern)
{
    auto flags = std::regex_constants::ECMAScript;
#ifdef __GLIBCXX__
    flags |= std::regex_constants::__polynomial;
#endif
    try {
        // Checked alone first: behind the prefix "*" or "a)(b" would mean something.
        std::wregex(scalars(pattern), flags);
        // The prefix lets one run of the automaton find a match at any place; std::regex_search would start a run at each.
        return std::wregex(L"[^]*?(?:" + scalars(pattern) + L")", flags);
    } catch (const std::regex_error &error) {
        throw unusable(pattern, error);
    }
}

/// True when something is repeated that itself repeats or offers alternatives, as in (a+)+ or (a|b)*.
bool repeatsRepetitions(const std::string &pattern)
{
    std::vector<bool> groups = {false};
    bool closedBranching = false;
    for (size_t index = 0; index < pattern.size(); ++index) {
        const char character = pattern[index];
        const bool repeats = character == '*' || character == '+' || character == '{';
        if (repeats && closedBranching) { return true; }
        closedBranching = false;
        if (character == '\\') {
            ++index;
        } else if (character == '[') {
            index = pattern.find(']', index + 1);
            if (index == std::string::npos) { return false; }
        } else if (character == '(') {
            groups.push_back(false);
            if (index + 1 < pattern.size() && pattern[index + 1] == '?') { ++index; }
        } else if (character == ')' && groups.size() > 1) {
            closedBranching = groups.back();
            groups.pop_back();
            groups.back() = groups.back() || closedBranching;
        } else if (repeats || character == '?' || character == '|') {
            groups.back() = true;
        }
    }
    return false;
}

}  // namespace

Pattern::Pattern(const std::string &pattern) : m_expression(compile(pattern)) { }

bool Pattern::isFoundIn(const std::string &text) const
{
    return std::regex_search(scalars(text), m_expression, std::regex_constants::match_continuous);
}

void checkKeyPattern(const std::string &pattern)
{
    const Pattern checked(pattern);
    if (repeatsRepetitions(pattern)) {
        throw std::runtime_error(
            "The pattern " + pattern + " repeats something that repeats or has alternatives; keys cannot be matched with it.");
    }
    try {
        const std::regex compiled(pattern);
    } catch (const std::regex_error &error) {
        throw unusable(pattern, error);
    }
}

}  // namespace configbus
