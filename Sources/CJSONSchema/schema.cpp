#include "configbus_schema.h"

#include <cstring>
#include <memory>
#include <string>
#include <vector>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "document.hpp"
#include "keywords.hpp"
#include "pattern.hpp"

using valijson::adapters::NlohmannJsonAdapter;

struct configbus_schema
{
    valijson::Schema schema;
    bool matchesKeys = false;
};

struct configbus_schema_report
{
    struct Violation
    {
        std::string pointer;
        std::string message;
    };

    std::vector<Violation> violations;
};

namespace {

/// Runs a body at the boundary to C: what it throws becomes a text.
template <typename Body>
auto guarded(char **error, Body body) noexcept -> decltype(body())
{
    *error = nullptr;
    try {
        return body();
    } catch (const std::exception &exception) {
        *error = strdup(exception.what());
    } catch (...) {
        *error = strdup("The schema library failed without saying why.");
    }
    return nullptr;
}

/// valijson tells the path as `<root>`, `[key]`, `[0]`.
std::string pointerTo(const std::vector<std::string> &context)
{
    std::string pointer;
    for (size_t index = 1; index < context.size(); ++index) {
        const std::string &part = context[index];
        pointer += '/';
        for (size_t position = 1; position + 1 < part.size(); ++position) {
            switch (part[position]) {
                case '~': pointer += "~0"; break;
                case '/': pointer += "~1"; break;
                default: pointer += part[position];
            }
        }
    }
    return pointer;
}

void check(
    const configbus_schema &schema, const nlohmann::json &document,
    std::vector<configbus_schema_report::Violation> &violations)
{
    if (schema.matchesKeys && configbus::hasLongKey(document)) {
        violations.push_back({"", "A key is longer than 256 bytes, which patternProperties cannot match."});
        return;
    }
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(schema.schema, NlohmannJsonAdapter(document), &results)) { return; }
    for (const auto &result : results) {
        violations.push_back({pointerTo(result.context), result.description});
    }
    // valijson reports nothing for a key that propertyNames refuses.
    if (violations.empty()) { violations.push_back({"", "A key is not allowed by the schema."}); }
}

}  // namespace

configbus_schema *configbus_schema_compile(const uint8_t *bytes, size_t count, char **error)
{
    return guarded(error, [&]() -> configbus_schema * {
        const auto source = configbus::parseDocument(bytes, count);
        auto compiled = std::make_unique<configbus_schema>();
        for (const std::string pattern : source.at("configbus:keyPatterns")) {
            configbus::checkKeyPattern(pattern);
            compiled->matchesKeys = true;
        }
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
        configbus::addKeywords(parser);
        parser.populateSchema(NlohmannJsonAdapter(source), compiled->schema);
        return compiled.release();
    });
}

void configbus_schema_free(configbus_schema *schema) { delete schema; }

configbus_schema_report *configbus_schema_validate(
    const configbus_schema *schema, const uint8_t *bytes, size_t count, char **error)
{
    return guarded(error, [&]() -> configbus_schema_report * {
        auto report = std::make_unique<configbus_schema_report>();
        try {
            check(*schema, configbus::parseDocument(bytes, count), report->violations);
        } catch (const nlohmann::json::out_of_range &) {
            report->violations = {{"", "A number is too large to be checked against a schema."}};
        }
        return report.release();
    });
}

size_t configbus_schema_report_count(const configbus_schema_report *report) { return report->violations.size(); }

const char *configbus_schema_report_pointer(const configbus_schema_report *report, size_t index)
{
    return report->violations[index].pointer.c_str();
}

const char *configbus_schema_report_message(const configbus_schema_report *report, size_t index)
{
    return report->violations[index].message.c_str();
}

void configbus_schema_report_free(configbus_schema_report *report) { delete report; }
