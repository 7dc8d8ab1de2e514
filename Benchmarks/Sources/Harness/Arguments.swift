/// The command line.
struct Arguments {
    var isJSON = false
    /// The suite to run; nil for all.
    var suite: String?
    /// The program whose HTTP is measured.
    var configbus: String?
    /// Where a database of its own is made; nil for SQLite.
    var mongodbURI: String?
    /// The longest history.
    var versions = 100_000
    /// The bytes of the constant's answer.
    var size = 2_048
    /// The most streams that are open together.
    var streams = 1_000
    /// Where a Redis listens beside which streams are measured.
    var redisPort: Int?
    /// Milliseconds before each publication to streams.
    var pause = 0

    init(_ words: [String]) throws {
        var words = words[...]
        while let word = words.popFirst() {
            switch word {
            case "--json": isJSON = true
            case "--size": size = try Self.number(of: word, &words)
            case "group", "code", "http", "streams", "growth", "constant": suite = word
            case "--configbus": configbus = try Self.value(of: word, &words)
            case "--mongodb-uri": mongodbURI = try Self.value(of: word, &words)
            case "--versions": versions = try Self.number(of: word, &words)
            case "--redis-port": redisPort = try Self.number(of: word, &words)
            case "--pause": pause = try Self.number(of: word, &words)
            case "--streams": streams = try Self.number(of: word, &words)
            default: throw UsageError(description: "There is no option '\(word)'; README.md lists them.")
            }
        }
    }

    func takes(_ name: String) -> Bool { suite == nil || suite == name }

    private static func number(of option: String, _ words: inout ArraySlice<String>) throws -> Int {
        guard let number = Int(try value(of: option, &words)), number > 0 else {
            throw UsageError(description: "\(option) must be a number from 1.")
        }
        return number
    }

    private static func value(of option: String, _ words: inout ArraySlice<String>) throws -> String {
        guard let value = words.popFirst() else { throw UsageError(description: "\(option) needs a value.") }
        return value
    }
}

/// A command line that cannot be used.
struct UsageError: Error, CustomStringConvertible {
    let description: String
}
