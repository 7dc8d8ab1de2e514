/// What the keywords of JSON Schema draft-07 take, as far as a schema's structure goes.
enum SchemaKeyword {
    /// A schema for the same value.
    case sameValue
    /// A schema for values inside.
    case inside
    /// Schemas for the same value.
    case listForSameValue
    /// A schema, or a list of schemas, for values inside.
    case items
    /// Schemas by key for values inside.
    case mapForInside
    /// Schemas by key that apply to nothing by themselves.
    case definitions
    /// Schemas for the same value, or lists of keys, by key.
    case dependencies
    /// Something that is checked and passed on, perhaps under a name of our own.
    case plain(name: String, SchemaOperand)

    /// nil: the keyword says nothing about validity, or is unknown, which is the same.
    init?(_ name: String) {
        switch name {
        case "not", "if", "then", "else": self = .sameValue
        case "additionalItems", "additionalProperties", "contains", "propertyNames": self = .inside
        case "allOf", "anyOf", "oneOf": self = .listForSameValue
        case "items": self = .items
        case "properties", "patternProperties": self = .mapForInside
        case "definitions", "$defs": self = .definitions
        case "dependencies": self = .dependencies
        default:
            guard let operand = SchemaOperand(keyword: name) else { return nil }
            self = .plain(name: operand.isOurs ? "configbus:\(name)" : name, operand)
        }
    }
}
