import ConfigModel

/// What a scalar means in the core schema (YAML 1.2.2, 10.3).
enum YAMLScalar {
    /// A plain scalar without a tag.
    ///
    /// - Returns: nil for what JSON cannot say.
    static func plain(_ text: String) -> JSONValue? {
        if isNull(text) { return .null }
        if let flag = bool(text) { return .bool(flag) }
        guard let first = text.utf8.first, mayBeginNumber(first) else { return .string(text) }
        if let number = integer(text) ?? decimal(text) { return .number(number) }
        return isInfinityOrNaN(text) || isTooLong(text) ? nil : .string(text)
    }

    /// A scalar with a tag.
    ///
    /// - Returns: nil when the text does not fit the tag.
    static func tagged(_ text: String, _ tag: YAMLTag) -> JSONValue? {
        switch tag {
        case .null: isNull(text) ? .null : nil
        case .bool: bool(text).map { .bool($0) }
        case .int: integer(text).map { .number($0) }
        case .float: decimal(text).map { .number($0) }
        case .str, .nonSpecific: .string(text)
        case .seq, .map: nil
        }
    }

    private static func isNull(_ text: String) -> Bool { ["", "~", "null", "Null", "NULL"].contains(text) }

    private static func bool(_ text: String) -> Bool? {
        switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    private static func mayBeginNumber(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func isInfinityOrNaN(_ text: String) -> Bool {
        let unsigned = text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : text[...]
        return [".inf", ".Inf", ".INF"].contains(unsigned) || [".nan", ".NaN", ".NAN"].contains(text)
    }

    /// An integer in another base that is too long to be turned into a decimal one.
    private static func isTooLong(_ text: String) -> Bool {
        guard text.utf8.count > NotationLimits.digits, let radix = radix(of: Array(text.utf8)) else { return false }
        return text.utf8.dropFirst(2).allSatisfy {
            $0 == UInt8(ascii: "_") || RadixInteger.value(of: $0).map { $0 < radix } ?? false
        }
    }

    // MARK: Numbers

    /// An integer: decimal without leading zeros, `0x` or `0o`; underscores may stand between digits.
    private static func integer(_ text: String) -> JSONNumber? {
        let bytes = Array(text.utf8)
        if let radix = radix(of: bytes) {
            guard bytes.count <= NotationLimits.digits, let digits = RadixInteger.withoutUnderscores(bytes[2...]) else {
                return nil
            }
            return RadixInteger.decimal(digits, radix: radix).map(JSONNumber.init(literal:))
        }
        var digits = bytes[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        guard digits.first != UInt8(ascii: "0") || digits.count == 1,
            let plain = RadixInteger.withoutUnderscores(digits), plain.allSatisfy(isDigit)
        else { return nil }
        return JSONNumber(literal: (isNegative ? "-" : "") + String(decoding: plain, as: UTF8.self))
    }

    private static func radix(of bytes: [UInt8]) -> UInt64? {
        guard bytes.count > 2, bytes[0] == UInt8(ascii: "0") else { return nil }
        switch bytes[1] {
        case UInt8(ascii: "x"): return 16
        case UInt8(ascii: "o"): return 8
        default: return nil
        }
    }

    /// A decimal number with or without fraction and exponent. It keeps its text, but for what JSON wants: no plus before
    /// it, a digit before and behind the point.
    private static func decimal(_ text: String) -> JSONNumber? {
        var rest = Array(text.utf8)[...]
        var literal: [UInt8] = []
        if rest.first == UInt8(ascii: "-") { literal.append(UInt8(ascii: "-")) }
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        guard whole.first != UInt8(ascii: "0") || whole.count == 1 else { return nil }
        literal += whole.isEmpty ? [UInt8(ascii: "0")] : Array(whole)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            guard !whole.isEmpty || !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(1 + fraction.count)
            literal += [UInt8(ascii: ".")] + (fraction.isEmpty ? [UInt8(ascii: "0")] : Array(fraction))
        } else {
            guard !whole.isEmpty else { return nil }
        }
        if let letter = rest.first, letter == UInt8(ascii: "e") || letter == UInt8(ascii: "E") {
            let sign = rest.dropFirst().first.flatMap { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") ? $0 : nil }
            let exponent = rest.dropFirst(sign == nil ? 1 : 2)
            guard !exponent.isEmpty, exponent.allSatisfy(isDigit) else { return nil }
            literal += rest
            rest = []
        }
        return rest.isEmpty ? JSONNumber(literal: String(decoding: literal, as: UTF8.self)) : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension YAMLScalar {
    /// What is a truth value to YAML 1.1 alone.
    static func oldBool(_ text: String) -> Bool? {
        switch text {
        case "yes", "Yes", "YES", "on", "On", "ON": true
        case "no", "No", "NO", "off", "Off", "OFF": false
        default: nil
        }
    }

    /// True for what is a number to YAML 1.1 and another one, or text, to YAML 1.2: `010`, `0b11`, `12:30:45`.
    static func isOldNumber(_ text: String) -> Bool {
        var digits = text.utf8[...]
        if digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        guard let first = digits.first, isDigit(first) else { return false }
        func consists(_ bytes: Substring.UTF8View, of letters: String) -> Bool {
            !bytes.isEmpty && bytes.allSatisfy { letters.utf8.contains($0) }
        }
        if first == UInt8(ascii: "0") {
            let rest = digits.dropFirst()
            if rest.first == UInt8(ascii: "b") { return consists(rest.dropFirst(), of: "01_") }
            if rest.first == UInt8(ascii: "o") { return consists(rest.dropFirst(), of: "01234567_") }
            return consists(rest, of: "01234567_")
        }
        let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count > 1, consists(parts[0], of: "0123456789_") else { return false }
        return parts.dropFirst().enumerated().allSatisfy { index, part in
            let whole = index == parts.count - 2 ? part.prefix { $0 != UInt8(ascii: ".") } : part
            return whole.count <= 2 && consists(whole, of: "0123456789")
                && (whole.count < 2 || (whole.first ?? 0) <= UInt8(ascii: "5"))
        }
    }
}
