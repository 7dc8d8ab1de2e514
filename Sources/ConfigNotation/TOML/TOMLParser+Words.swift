import ConfigModel

/// Values without quotes and brackets: booleans, numbers, dates and times.
extension TOMLParser {
    mutating func word() throws(NotationError) -> JSONValue {
        let start = position
        while Self.isWord(peek()) { position += 1 }
        // A date and a time may have a blank between them.
        if TOMLDate.isDate(source.bytes[start..<position]), peek() == UInt8(ascii: " "), Self.isDigit(peek(1)) {
            position += 1
            while Self.isWord(peek()) { position += 1 }
        }
        let word = source.bytes[start..<position]
        guard let first = word.first else { throw expected("a value") }
        switch source.string(start..<position) {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "inf", "+inf", "-inf", "nan", "+nan", "-nan":
            throw source.failure(
                at: start, "JSON has no number \(source.string(start..<position)); put it in quotes if text is meant")
        default: break
        }
        if let number = TOMLNumber.read(word) { return .number(number) }
        if TOMLDate.isValid(word) { return .string(source.string(start..<position)) }
        throw source.failure(at: start, complaint(first, source.string(start..<position)))
    }

    private func complaint(_ first: UInt8, _ word: String) -> String {
        let quoted = "'\(word.prefix(40))'"
        guard Self.isDigit(first) || first == UInt8(ascii: "+") || first == UInt8(ascii: "-") else {
            return "\(quoted) is no value of TOML; put text in quotes"
        }
        return word.utf8.count > NotationLimits.digits
            ? "this number is longer than \(NotationLimits.digits) digits"
            : "\(quoted) is no number, date or time of TOML"
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"): true
        default: isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
    }
}

/// Numbers of TOML as numbers of JSON: the same digits.
enum TOMLNumber {
    static func read(_ word: ArraySlice<UInt8>) -> JSONNumber? {
        if word.count > 2, word.first == UInt8(ascii: "0") {
            switch word[word.startIndex + 1] {
            case UInt8(ascii: "x"): return integer(word.dropFirst(2), radix: 16)
            case UInt8(ascii: "o"): return integer(word.dropFirst(2), radix: 8)
            case UInt8(ascii: "b"): return integer(word.dropFirst(2), radix: 2)
            default: break
            }
        }
        return decimal(word)
    }

    private static func integer(_ digits: ArraySlice<UInt8>, radix: UInt64) -> JSONNumber? {
        guard digits.count <= NotationLimits.digits, let plain = RadixInteger.withoutUnderscores(digits) else {
            return nil
        }
        return RadixInteger.decimal(plain, radix: radix).map(JSONNumber.init(literal:))
    }

    /// An integer or a float in decimal.
    private static func decimal(_ word: ArraySlice<UInt8>) -> JSONNumber? {
        var rest = word
        var literal: [UInt8] = []
        if rest.first == UInt8(ascii: "-") { literal.append(UInt8(ascii: "-")) }
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard let whole = takeDigits(&rest), whole.first != UInt8(ascii: "0") || whole.count == 1 else { return nil }
        literal += whole
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard let fraction = takeDigits(&rest) else { return nil }
            literal += [UInt8(ascii: ".")] + fraction
        }
        if let letter = rest.first, letter == UInt8(ascii: "e") || letter == UInt8(ascii: "E") {
            literal.append(letter)
            rest = rest.dropFirst()
            if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                literal.append(sign)
                rest = rest.dropFirst()
            }
            guard let exponent = takeDigits(&rest) else { return nil }
            literal += exponent
        }
        return rest.isEmpty ? JSONNumber(literal: String(decoding: literal, as: UTF8.self)) : nil
    }

    /// Digits with single underscores between them; nil when there are none.
    private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        let digits = rest.prefix { TOMLParser.isDigit($0) || $0 == UInt8(ascii: "_") }
        rest = rest.dropFirst(digits.count)
        return RadixInteger.withoutUnderscores(digits)
    }
}
