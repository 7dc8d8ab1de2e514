import ConfigModel
import ConfigStore
import GRDB

extension Database {
    /// Walks the index of documents in key order and seeks the newest version of each.
    func heads(_ query: HeadQuery) throws -> VersionPage {
        let selection = HeadSelection(query)
        return try cachedStatement(sql: selection.sql("head.*")).storedVersions(
            selection.arguments, query.maximumBytes)
    }

    func outlines(_ query: HeadQuery) throws -> OutlinePage {
        let selection = HeadSelection(query)
        return try cachedStatement(sql: selection.sql(RecordOutline.columns)).outlines(selection.arguments)
    }

    func heads(of keys: [DocumentKey]) throws -> VersionPage {
        var page = VersionPage()
        for key in keys { page.append(contentsOf: try newest(of: key, before: nil, limit: 1)) }
        return page
    }
}

/// The statement that lists heads.
struct HeadSelection {
    private var rest = """
         FROM versions AS document CROSS JOIN versions AS head
        WHERE document.version = 1
            AND head.service = document.service AND head.environment = document.environment
            AND head.version = (
                SELECT max(version) FROM versions AS other
                WHERE other.service = document.service AND other.environment = document.environment
            )
        """
    private(set) var arguments: StatementArguments = []

    init(_ query: HeadQuery) {
        if let environment = query.environment {
            narrow("document.environment = ?", [environment])
        } else if !query.includesReserved {
            narrow("document.environment < ?", [DocumentKey.reservedMark])
        }
        if let service = query.service { narrow("document.service = ?", [service]) }
        if let prefix = query.prefix {
            // Whole segments: "/" comes right behind "." and is in no name. The first two bounds are for the index.
            narrow(
                """
                document.service >= ? AND document.service < ? AND (document.service = ? OR document.service >= ?)
                """, [prefix, "\(prefix)/", prefix, "\(prefix)."])
        }
        if let after = query.after {
            narrow("(document.environment, document.service) > (?, ?)", [after.environment, after.service])
        }
        if !query.includesDeleted { narrow("head.change_type <> ?", [ChangeType.deleted.rawValue]) }
        rest += " ORDER BY document.environment, document.service LIMIT ?"
        arguments += [max(0, query.limit)]
    }

    /// - Parameter columns: those of `head` that are wanted.
    func sql(_ columns: String) -> String { "SELECT \(columns)\(rest)" }

    private mutating func narrow(_ condition: String, _ values: StatementArguments) {
        rest += " AND \(condition)"
        arguments += values
    }
}
