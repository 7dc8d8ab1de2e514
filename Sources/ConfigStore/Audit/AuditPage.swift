package import ConfigModel

/// Some of the versions that fit an `AuditQuery`.
package struct AuditPage: Sendable, Equatable {
    /// A version and where it stands.
    package struct Row: Sendable, Equatable {
        /// Behind it the rest begins.
        package let position: AuditPosition
        /// Good or not.
        package let version: OutlinePage.Row

        /// Puts a row together.
        package init(position: AuditPosition, version: OutlinePage.Row) {
            self.position = position
            self.version = version
        }
    }

    /// Newest first.
    package var rows: [Row]
    /// Where to go on; nil when there is nothing behind.
    package var next: AuditPosition?

    /// Puts a page together.
    package init(rows: [Row] = [], next: AuditPosition? = nil) {
        self.rows = rows
        self.next = next
    }

    /// Without what is behind the mark of its document, damaged or not.
    package func kept(behind marks: [DocumentKey: PruneMark]) -> AuditPage {
        func isKept(_ row: Row) -> Bool {
            let (key, version): (DocumentKey?, Int64?) =
                switch row.version {
                case .success(let outline): (outline.key, outline.version)
                case .failure(let damaged): (damaged.key, damaged.version)
                }
            guard let key, let version, let mark = marks[key] else { return true }
            return version > mark.through
        }
        return AuditPage(rows: rows.filter(isKept), next: next)
    }

    /// Those that hold.
    package var versions: [RecordOutline] { rows.compactMap { try? $0.version.get() } }

    /// Those that do not.
    package var damaged: [DamagedVersion] {
        rows.compactMap { row in
            if case .failure(let version) = row.version { version } else { nil }
        }
    }
}

/// Makes a page of what a store comes upon, newest first: it ends with one row more than the page has, which shows that there is
/// more.
package struct AuditPageBuilder {
    private let limit: Int
    private let mayRead: (@Sendable (DocumentKey) -> Bool)?
    private var rows: [AuditPage.Row] = []

    /// An empty page.
    ///
    /// - Parameter mayRead: as in `AuditQueries.changes`.
    package init(_ query: AuditQuery, mayRead: (@Sendable (DocumentKey) -> Bool)?) {
        limit = max(1, query.limit)
        self.mayRead = mayRead
    }

    /// Whether the versions of a document count.
    ///
    /// - Parameter key: nil when it is not known.
    package func wants(_ key: DocumentKey?) -> Bool {
        guard let mayRead else { return true }
        return key.map(mayRead) ?? false
    }

    /// True when nothing more has to be looked at.
    package var isFull: Bool { rows.count > limit }

    /// Adds a version that fits and counts.
    package mutating func append(_ version: OutlinePage.Row, at position: AuditPosition) {
        rows.append(AuditPage.Row(position: position, version: version))
    }

    /// The page.
    ///
    /// - Parameter end: the last version that was looked at, when there are others behind it.
    package func page(upTo end: AuditPosition?) -> AuditPage {
        let shown = Array(rows.prefix(limit))
        return AuditPage(rows: shown, next: isFull ? shown.last?.position : end)
    }
}
