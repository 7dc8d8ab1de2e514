#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace configbus {

/// Nothing nested deeper is looked at: valijson calls itself for each level.
constexpr int maximumDepth = 512;

/// Longer keys are refused where `patternProperties` is used: valijson matches them with std::regex, which calls itself
/// for each character.
constexpr size_t maximumMatchedKeyLength = 256;

/// Parses JSON and brings numbers into the form in which valijson compares them rightly.
nlohmann::json parseDocument(const uint8_t *bytes, size_t count);

/// True when some object has a key that is too long to be matched.
bool hasLongKey(const nlohmann::json &value);

}  // namespace configbus
