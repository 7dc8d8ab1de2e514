#include "document.hpp"

#include <cmath>
#include <stdexcept>

namespace configbus {

namespace {

/// 1.0 becomes 1, which it equals; what does not fit into a signed integer becomes a double, because valijson would
/// take 18446744073709551615 for -1.
void normalise(nlohmann::json &value, int depth)
{
    if (value.is_structured()) {
        if (depth > maximumDepth) {
            throw std::runtime_error("The JSON is nested deeper than " + std::to_string(maximumDepth) + " levels.");
        }
        for (auto &child : value) {
            normalise(child, depth + 1);
        }
    } else if (value.is_number_float()) {
        const double number = value.get<double>();
        const double exactlyRepresentable = 9007199254740992.0;
        if (number == std::trunc(number) && std::fabs(number) <= exactlyRepresentable) {
            value = static_cast<int64_t>(number);
        }
    } else if (value.is_number_unsigned() && value.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX)) {
        value = static_cast<double>(value.get<uint64_t>());
    }
}

}  // namespace

nlohmann::json parseDocument(const uint8_t *bytes, size_t count)
{
    auto value = nlohmann::json::parse(bytes, bytes + count);
    normalise(value, 1);
    return value;
}

bool hasLongKey(const nlohmann::json &value)
{
    if (value.is_object()) {
        for (const auto &member : value.items()) {
            if (member.key().size() > maximumMatchedKeyLength || hasLongKey(member.value())) {
                return true;
            }
        }
    } else if (value.is_array()) {
        for (const auto &element : value) {
            if (hasLongKey(element)) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace configbus
