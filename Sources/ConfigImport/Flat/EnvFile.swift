import ConfigModel

/// The file of an environment: a line `NAME=VALUE` for each variable, as shells, systemd and Docker read it.
package struct EnvFile: Sendable {
    /// A variable.
    package struct Variable: Sendable, Equatable {
        /// Its name.
        package let name: String
        /// Its value.
        package let value: String
        /// What it is called in messages.
        package let source: String

        /// Puts a variable together.
        package init(name: String, value: String, source: String) {
            (self.name, self.value, self.source) = (name, value, source)
        }
    }

    /// In their order.
    package private(set) var variables: [Variable] = []
    /// What is wrong, each a sentence with its line.
    package private(set) var faults: [String] = []
    /// What others make something else of, each a sentence with its line.
    package private(set) var warnings: [String] = []

    /// Reads a file.
    ///
    /// - Parameter name: what it is called in messages.
    package init(_ bytes: [UInt8], name: String) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            faults = ["\(name): this is not UTF-8."]
            return
        }
        var reader = LineCursor(bytes)
        while !reader.isAtEnd {
            let (line, start) = (reader.line, reader.offset)
            let source = "\(name), line \(line)"
            do throws(UnreadableName) {
                if let (key, value) = try Self.line(&reader) {
                    if reader.bytes[start..<reader.offset].names(variable: value) {
                        warnings.append(
                            "\(source), \(key): the value names a variable ($), which stays as it is written.")
                    }
                    variables.append(Variable(name: key, value: value, source: "\(source), \(key)"))
                }
            } catch {
                faults.append("\(source): \(error.reason).")
                if reader.line == line { _ = reader.takeLine() }
            }
        }
    }

    /// One line, or with quotes several.
    private static func line(_ reader: inout LineCursor) throws(UnreadableName) -> (String, String)? {
        reader.skipBlanks()
        guard let first = reader.next, first != UInt8(ascii: "\n"), first != UInt8(ascii: "\r"),
            first != UInt8(ascii: "#")
        else {
            _ = reader.takeLine()
            return nil
        }
        var name = word(&reader)
        reader.skipBlanks()
        if name == "export", reader.next != UInt8(ascii: "=") {
            name = word(&reader)
            reader.skipBlanks()
        }
        guard isName(name) else {
            throw UnreadableName(
                reason:
                    "a line is NAME=VALUE, with a name of letters, digits, '_', '.' and '-' that does not begin with a digit"
            )
        }
        guard reader.next == UInt8(ascii: "=") else { throw UnreadableName(reason: "there is no '=' behind \(name)") }
        _ = reader.take()
        reader.skipBlanks()
        return (name, try value(&reader))
    }

    private static func word(_ reader: inout LineCursor) -> String {
        var bytes: [UInt8] = []
        while let byte = reader.next, !"= \t\r\n".utf8.contains(byte) {
            bytes.append(byte)
            _ = reader.take()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }

    private static func value(_ reader: inout LineCursor) throws(UnreadableName) -> String {
        guard let quote = reader.next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
            return plain(reader.takeLine())
        }
        _ = reader.take()
        var bytes: [UInt8] = []
        while let byte = reader.take() {
            if byte == quote {
                try takeEnd(&reader)
                return String(decoding: bytes, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                bytes += escaped(&reader)
            } else {
                bytes.append(byte)
            }
        }
        throw UnreadableName(reason: "the quotes have no end")
    }

    /// Behind the closing quotes only a comment may follow.
    private static func takeEnd(_ reader: inout LineCursor) throws(UnreadableName) {
        let hadBlank = reader.next == UInt8(ascii: " ") || reader.next == UInt8(ascii: "\t")
        reader.skipBlanks()
        switch reader.next {
        case nil, UInt8(ascii: "\n")?, UInt8(ascii: "\r")?: break
        case UInt8(ascii: "#")? where hadBlank: break
        default: throw UnreadableName(reason: "there is more behind the closing quotes")
        }
        _ = reader.takeLine()
    }

    /// In double quotes.
    private static func escaped(_ reader: inout LineCursor) -> [UInt8] {
        switch reader.take() {
        case UInt8(ascii: "n")?: [UInt8(ascii: "\n")]
        case UInt8(ascii: "r")?: [UInt8(ascii: "\r")]
        case UInt8(ascii: "t")?: [UInt8(ascii: "\t")]
        // The line goes on.
        case UInt8(ascii: "\n")?: []
        case let byte? where "\"\\$`".utf8.contains(byte): [byte]
        case let byte?: [UInt8(ascii: "\\"), byte]
        case nil: [UInt8(ascii: "\\")]
        }
    }

    /// Without quotes: up to a comment, without blanks at the end.
    private static func plain(_ line: [UInt8]) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var end = line.endIndex
        for (index, byte) in line.enumerated()
        where byte == UInt8(ascii: "#") && (index == 0 || isBlank(line[index - 1])) {
            end = index
            break
        }
        var kept = line[..<end]
        while let last = kept.last, isBlank(last) { kept.removeLast() }
        return String(decoding: kept, as: UTF8.self)
    }
}

extension ForeignDocuments {
    /// Variables as the members of one document; values are texts.
    ///
    /// - Parameters:
    ///   - faults: what is wrong already.
    ///   - warnings: what is to be known already.
    ///   - separator: between the names of objects inside of each other, such as `__`; nil for one object.
    package init(
        _ variables: [EnvFile.Variable], _ faults: [String], _ warnings: [String] = [], nestedAt separator: String?,
        service: String,
        environment: String
    ) {
        self.init()
        for fault in faults { refuse(fault) }
        for warning in warnings { warn(warning) }
        var entries: [MemberTree.Entry] = []
        for variable in variables {
            var names = [variable.name]
            if let separator {
                names = variable.name.utf8.split(separator: Array(separator.utf8), omittingEmptySubsequences: false).map
                {
                    String(Substring($0))
                }
            }
            guard names.allSatisfy({ !$0.isEmpty }) else {
                refuse("\(variable.source): there is no name beside one of its '\(separator ?? "")'.")
                continue
            }
            entries.append(
                MemberTree.Entry(
                    path: MemberPath(members: names), value: .string(variable.value), name: variable.source))
        }
        guard !entries.isEmpty else { return }
        var tree = MemberTree()
        let object = tree.object(of: entries)
        for fault in tree.faults { refuse(fault) }
        add(object, service: service, environment: environment, from: entries[0].name)
    }
}

extension ArraySlice<UInt8> {
    /// True for a line whose value has `$NAME` or `${NAME}` in it, and not between single quotes or behind a backslash.
    fileprivate func names(variable value: String) -> Bool {
        let line = drop { $0 != UInt8(ascii: "=") }.dropFirst().drop {
            $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
        }
        guard line.first != UInt8(ascii: "'"), value.utf8.contains(UInt8(ascii: "$")) else { return false }
        return zip(line, line.dropFirst()).enumerated().contains { offset, pair in
            let before = offset == 0 ? nil : line[line.startIndex + offset - 1]
            return pair.0 == UInt8(ascii: "$") && before != UInt8(ascii: "\\")
                && (pair.1 == UInt8(ascii: "{") || pair.1 == UInt8(ascii: "_")
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(pair.1 & 0xdf))
        }
    }
}
