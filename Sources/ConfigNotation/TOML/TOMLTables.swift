import ConfigModel

/// The tables of a text, or of one inline table, while it is read: which may still grow, and by what.
struct TOMLTables {
    /// How a table came to be; that decides who may add to it.
    private enum Origin {
        /// By the header of a table below it; a header of its own may follow.
        case implicit
        /// By its header; not by another one.
        case header
        /// By a dotted key; further dotted keys may add to it.
        case dotted
    }

    private enum Slot {
        case value(JSONValue)
        case table(Int)
        /// Several tables with one header, `[[name]]`.
        case tables(Int)
    }

    private struct Table {
        var slots: [TOMLKey: Slot] = [:]
        var origin: Origin
        /// Tables above it.
        var depth: Int
    }

    /// The number of the outermost table.
    static let root = 0

    private var tables = [Table(origin: .header, depth: 0)]
    private var lists: [[Int]] = []

    // MARK: Headers

    /// The table that `[path]` opens.
    mutating func open(_ path: [TOMLKey]) throws(TOMLConflict) -> Int {
        let (parent, last) = try parent(of: path)
        switch tables[parent].slots[last] {
        case nil: return try add(last, to: parent, .header)
        case .table(let table)? where tables[table].origin == .implicit:
            tables[table].origin = .header
            return table
        case .table?: throw TOMLConflict(key: last, reason: "the table \(name(last)) is defined twice")
        case .tables?:
            throw TOMLConflict(key: last, reason: "\(name(last)) is a list of tables; write [[...]] to add one")
        case .value?: throw taken(last)
        }
    }

    /// The table that `[[path]]` adds to a list.
    mutating func openElement(_ path: [TOMLKey]) throws(TOMLConflict) -> Int {
        let (parent, last) = try parent(of: path)
        let list: Int
        switch tables[parent].slots[last] {
        case nil:
            list = lists.count
            lists.append([])
            tables[parent].slots[last] = .tables(list)
        case .tables(let existing)?: list = existing
        case .table?: throw TOMLConflict(key: last, reason: "\(name(last)) is a table already and cannot be a list")
        case .value?: throw taken(last)
        }
        let table = try make(under: parent, .header, at: last)
        lists[list].append(table)
        return table
    }

    private mutating func parent(of path: [TOMLKey]) throws(TOMLConflict) -> (Int, TOMLKey) {
        var table = Self.root
        for key in path.dropLast() {
            switch tables[table].slots[key] {
            case nil: table = try add(key, to: table, .implicit)
            case .table(let next)?: table = next
            // A list exists with its first table.
            case .tables(let list)?: table = lists[list][lists[list].count - 1]
            case .value?: throw taken(key)
            }
        }
        return (table, path[path.count - 1])
    }

    // MARK: Values

    /// Sets `path = value` in a table.
    mutating func set(_ path: [TOMLKey], to value: JSONValue, in table: Int) throws(TOMLConflict) {
        var table = table
        for key in path.dropLast() {
            switch tables[table].slots[key] {
            case nil: table = try add(key, to: table, .dotted)
            case .table(let next)? where tables[next].origin == .dotted: table = next
            case .table?, .tables?:
                throw TOMLConflict(
                    key: key, reason: "the table \(name(key)) is defined elsewhere and cannot be added to here")
            case .value?: throw taken(key)
            }
        }
        let last = path[path.count - 1]
        guard tables[table].slots[last] == nil else { throw taken(last) }
        tables[table].slots[last] = .value(value)
    }

    /// What was read.
    func object(_ table: Int = Self.root) -> JSONObject {
        let members = tables[table].slots.map { key, slot in
            let value: JSONValue =
                switch slot {
                case .value(let value): value
                case .table(let table): .object(object(table))
                case .tables(let list): .array(lists[list].map { .object(object($0)) })
                }
            return (key: key.text, value: value)
        }
        // The keys of a dictionary occur once: nothing is thrown.
        return (try? JSONObject(members)) ?? JSONObject()
    }

    // MARK: Parts

    private mutating func add(_ key: TOMLKey, to parent: Int, _ origin: Origin) throws(TOMLConflict) -> Int {
        let table = try make(under: parent, origin, at: key)
        tables[parent].slots[key] = .table(table)
        return table
    }

    private mutating func make(under parent: Int, _ origin: Origin, at key: TOMLKey) throws(TOMLConflict) -> Int {
        let depth = tables[parent].depth + 1
        guard depth < NotationLimits.depth else {
            throw TOMLConflict(key: key, reason: "the TOML is nested deeper than \(NotationLimits.depth) levels")
        }
        tables.append(Table(origin: origin, depth: depth))
        return tables.count - 1
    }

    private func taken(_ key: TOMLKey) -> TOMLConflict {
        TOMLConflict(key: key, reason: "the key \(name(key)) has a value already")
    }

    private func name(_ key: TOMLKey) -> String { JSONValue.string(key.text).description }
}
