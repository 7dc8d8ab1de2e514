import ConfigModel

/// The fields of an issuer, one by one.
extension JWTSettingsReader {
    private static let maximumAudiences = 64
    private static let defaultLifetime = "24h"
    private static let longestLifetime: Duration = .seconds(366 * 86_400)

    static func name(of issuer: JSONObject) throws(JSONFieldError) -> String {
        let name = try issuer.string("name")
        guard TokenName.isValid(name) else {
            throw JSONFieldError(
                field: "name", problem: .invalid("\(JSONValue.string(name)) does not match \(TokenName.pattern)."))
        }
        guard name != Principal.Kind.certificate.rawValue else {
            throw JSONFieldError(
                field: "name",
                problem: .invalid("the identities of certificates begin with '\(name):'; choose another."))
        }
        return name
    }

    static func text(_ field: String, of object: JSONObject) throws(JSONFieldError) -> String {
        let text = try object.string(field)
        guard !text.isEmpty else { throw JSONFieldError(field: field, problem: .invalid("it is empty.")) }
        return text
    }

    static func audiences(of issuer: JSONObject) throws(JSONFieldError) -> Set<JSONValue> {
        let elements = try issuer.array("audiences")
        for element in elements {
            guard case .string(let text) = element, !text.isEmpty else {
                throw JSONFieldError(
                    field: "audiences", problem: .invalid("each audience is a text that is not empty."))
            }
        }
        guard (1...maximumAudiences).contains(elements.count) else {
            throw JSONFieldError(
                field: "audiences",
                problem: .invalid(
                    "it has \(elements.count); 1 to \(maximumAudiences) are possible. It names what tokens for this "
                        + "registry say in 'aud'."))
        }
        return Set(elements)
    }

    static func lifetime(of issuer: JSONObject) throws(JSONFieldError) -> Int64 {
        let text = try issuer.optionalString("max_lifetime") ?? defaultLifetime
        guard let lifetime = Duration(parsing: text), lifetime > .zero, lifetime <= longestLifetime else {
            throw JSONFieldError(
                field: "max_lifetime",
                problem: .invalid("write a number with a unit, such as 90s, 30m, 12h or 7d, up to 366d."))
        }
        return lifetime.components.seconds * 1_000 + lifetime.components.attoseconds / 1_000_000_000_000_000
    }

    static func pointer(
        _ field: String, of object: JSONObject, default fallback: String? = nil
    ) throws(JSONFieldError) -> JSONPointer {
        let text = try object.optionalString(field) ?? fallback
        guard let text else {
            throw JSONFieldError(field: field, problem: .missing(expected: "the way to a claim, such as \"/groups\""))
        }
        guard let pointer = try? JSONPointer(parsing: text), !pointer.tokens.isEmpty else {
            throw JSONFieldError(
                field: field,
                problem: .invalid(
                    "write the way to a claim as a JSON pointer, such as \"/sub\" or \"/realm_access/roles\"; "
                        + "a '/' within a name is '~1'."))
        }
        return pointer
    }
}
