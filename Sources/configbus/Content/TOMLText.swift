import ConfigModel
import TOMLKit

/// TOML to JSON values; dates and times become strings.
enum TOMLText {
    static func read(_ bytes: [UInt8]) throws -> JSONValue {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw NotationError("The TOML is not UTF-8.") }
        do {
            return try value(of: TOMLTable(string: text))
        } catch let error as TOMLParseError {
            let place = error.source.begin
            throw NotationError("Line \(place.line), column \(place.column): \(error.description)")
        }
    }

    private static func value(of table: TOMLTable) throws -> JSONValue {
        var members: [(key: String, value: JSONValue)] = []
        for (key, element) in table { members.append((key, try value(of: element))) }
        return .object(try JSONObject(members))
    }

    private static func value(of element: any TOMLValueConvertible) throws -> JSONValue {
        if let table = element.table { return try value(of: table) }
        if let array = element.array {
            var elements: [JSONValue] = []
            for element in array { elements.append(try value(of: element)) }
            return .array(elements)
        }
        if let flag = element.bool { return .bool(flag) }
        if let integer = element.int { return .number(JSONNumber(integer)) }
        if let double = element.double {
            guard let number = JSONNumber(double) else { throw NotationError("JSON has no number \(double).") }
            return .number(number)
        }
        if let text = element.string { return .string(text) }
        return .string(element.debugDescription)
    }
}
