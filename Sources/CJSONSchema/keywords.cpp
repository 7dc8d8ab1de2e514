#include "keywords.hpp"

#include <cmath>
#include <memory>
#include <set>
#include <stdexcept>
#include <valijson/constraint_builder.hpp>
#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/validation_results.hpp>

#include "format.hpp"
#include "pattern.hpp"

namespace configbus {

namespace {

using valijson::ValidationResults;
using valijson::adapters::Adapter;
using valijson::constraints::Constraint;
using valijson::constraints::PolyConstraint;

/// A keyword whose rule finds out what is wrong with a value; nothing is an empty text.
template <typename Rule>
class Keyword : public PolyConstraint
{
public:
    explicit Keyword(const Adapter &value) : m_rule(value) { }

    bool validate(
        const Adapter &target, const std::vector<std::string> &context, ValidationResults *results) const override
    {
        const std::string complaint = m_rule(target);
        if (!complaint.empty() && results) {
            results->pushError(context, complaint);
        }
        return complaint.empty();
    }

private:
    Constraint *cloneInto(void *memory) const override { return new (memory) Keyword(*this); }

    size_t sizeOf() const override { return sizeof(Keyword); }

    Rule m_rule;
};

template <typename Rule>
class Builder : public valijson::ConstraintBuilder
{
public:
    Constraint *make(const Adapter &value) const override { return new Keyword<Rule>(value); }
};

std::string kindOf(const Adapter &value)
{
    if (value.isNull()) { return "null"; }
    if (value.isBool()) { return "a boolean"; }
    if (value.isNumber()) { return "a number"; }
    if (value.isString()) { return "a string"; }
    if (value.isArray()) { return "an array"; }
    return "an object";
}

struct Type
{
    std::vector<std::string> names;

    explicit Type(const Adapter &value)
    {
        if (value.isString()) {
            names.push_back(value.getString());
        } else {
            value.applyToArray([this](const Adapter &name) {
                names.push_back(name.getString());
                return true;
            });
        }
    }

    std::string operator()(const Adapter &target) const
    {
        std::string wanted;
        for (const auto &name : names) {
            if (matches(name, target)) { return ""; }
            wanted += (wanted.empty() ? "" : " or ") + name;
        }
        return "The value must be of type " + wanted + ", not " + kindOf(target) + ".";
    }

    static bool matches(const std::string &name, const Adapter &target)
    {
        if (name == "integer") {
            return target.isInteger() || (target.isDouble() && std::trunc(target.getDouble()) == target.getDouble());
        }
        return (name == "null" && target.isNull()) || (name == "boolean" && target.isBool())
            || (name == "number" && target.isNumber()) || (name == "string" && target.isString())
            || (name == "array" && target.isArray()) || (name == "object" && target.isObject());
    }
};

struct MatchesPattern
{
    std::string text;
    Pattern pattern;

    explicit MatchesPattern(const Adapter &value) : text(value.getString()), pattern(text) { }

    std::string operator()(const Adapter &target) const
    {
        if (!target.isString() || pattern.isFoundIn(target.getString())) { return ""; }
        return "The text must match the pattern " + text + ".";
    }
};

struct HasFormat
{
    std::string name;

    explicit HasFormat(const Adapter &value) : name(value.getString()) { }

    std::string operator()(const Adapter &target) const
    {
        if (!target.isString() || fitsFormat(name, target.getString())) { return ""; }
        return "The text must have the format " + name + ".";
    }
};

struct UniqueItems
{
    bool isOn;

    explicit UniqueItems(const Adapter &value) : isOn(value.getBool()) { }

    std::string operator()(const Adapter &target) const
    {
        if (!isOn || !target.isArray()) { return ""; }
        std::set<std::string> seen;
        size_t index = 0;
        size_t repeated = 0;
        const bool areUnique = target.applyToArray([&](const Adapter &element) {
            std::string spelling;
            spell(element, spelling);
            repeated = index++;
            return seen.insert(std::move(spelling)).second;
        });
        return areUnique ? "" : "The element " + std::to_string(repeated) + " repeats an earlier one.";
    }

    /// Writes a value so that equal values, and only they, are written alike.
    static void spell(const Adapter &value, std::string &spelling)
    {
        if (value.isArray()) {
            spelling += "[";
            value.applyToArray([&](const Adapter &element) {
                spell(element, spelling);
                return true;
            });
            spelling += "]";
        } else if (value.isObject()) {
            spelling += "{";
            value.applyToObject([&](const std::string &key, const Adapter &member) {
                spelling += std::to_string(key.size()) + ":" + key;
                spell(member, spelling);
                return true;
            });
            spelling += "}";
        } else if (value.isString()) {
            const std::string text = value.getString();
            spelling += "s" + std::to_string(text.size()) + ":" + text;
        } else if (value.isBool()) {
            spelling += value.getBool() ? "t" : "f";
        } else if (value.isInteger()) {
            spelling += "i" + std::to_string(value.getInteger()) + ";";
        } else if (value.isDouble()) {
            const double number = value.getDouble();
            spelling += "d" + std::string(reinterpret_cast<const char *>(&number), sizeof number);
        } else {
            spelling += "n";
        }
    }
};

struct MultipleOf
{
    double divisor;
    int64_t integerDivisor;

    explicit MultipleOf(const Adapter &value)
        : divisor(value.getNumber()), integerDivisor(value.isInteger() ? value.getInteger() : 0)
    {
        if (!(divisor > 0)) { throw std::runtime_error("multipleOf must be a number above zero."); }
    }

    std::string operator()(const Adapter &target) const
    {
        if (!target.isNumber() || isMultiple(target)) { return ""; }
        return "The number must be a multiple of " + nlohmann::json(divisor).dump() + ".";
    }

    bool isMultiple(const Adapter &target) const
    {
        if (integerDivisor > 0 && target.isInteger()) { return target.getInteger() % integerDivisor == 0; }
        const double number = target.getNumber();
        const double quotient = number / divisor;
        if (!std::isfinite(quotient)) { return std::fmod(number, divisor) == 0; }
        // 0.3 is a multiple of 0.1 for people, if not for doubles.
        return std::fabs(quotient - std::nearbyint(quotient)) <= 1e-9 * std::fmax(1, std::fabs(quotient) * 1e-6);
    }
};

struct Never
{
    explicit Never(const Adapter &) { }

    std::string operator()(const Adapter &) const { return "The schema allows no value here."; }
};

}  // namespace

void addKeywords(valijson::SchemaParser &parser)
{
    parser.addConstraintBuilder("configbus:type", new Builder<Type>());
    parser.addConstraintBuilder("configbus:pattern", new Builder<MatchesPattern>());
    parser.addConstraintBuilder("configbus:format", new Builder<HasFormat>());
    parser.addConstraintBuilder("configbus:uniqueItems", new Builder<UniqueItems>());
    parser.addConstraintBuilder("configbus:multipleOf", new Builder<MultipleOf>());
    parser.addConstraintBuilder("configbus:never", new Builder<Never>());
}

}  // namespace configbus
