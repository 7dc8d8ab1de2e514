#pragma once

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema_parser.hpp>

namespace configbus {

/// Teaches a parser the keywords that start with `configbus:`.
void addKeywords(valijson::SchemaParser &parser);


}  // namespace configbus
