package import ConfigModel

/// What was read of several versions together: a collection of the good ones, with the damaged ones beside it.
package struct ReadPage<Element: Sendable & Equatable>: Sendable, Equatable {
    /// A version as it was read, good or not.
    package typealias Row = Result<Element, DamagedVersion>

    private var elements: [Element] = []
    /// Requested versions that cannot be read.
    package private(set) var damaged: [DamagedVersion] = []

    /// An empty page.
    package init() {}

    /// Sorts what was read.
    package init(_ rows: some Sequence<Row>) {
        for row in rows { append(row) }
    }

    /// How many versions the store went through, good or not.
    package var rowCount: Int { elements.count + damaged.count }

    /// Adds what was read.
    package mutating func append(_ row: Row) {
        switch row {
        case .success(let element): elements.append(element)
        case .failure(let damage): damaged.append(damage)
        }
    }

    /// Adds another page behind this one.
    package mutating func append(contentsOf page: Self) {
        elements += page.elements
        damaged += page.damaged
    }
}

/// Versions with their contents.
package typealias VersionPage = ReadPage<StoredVersion>
/// Versions without them.
package typealias OutlinePage = ReadPage<RecordOutline>

extension ReadPage: RandomAccessCollection {
    package var startIndex: Int { elements.startIndex }
    package var endIndex: Int { elements.endIndex }
    package subscript(position: Int) -> Element { elements[position] }
}

extension ReadPage: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: Element...) { self.elements = elements }
}

extension VersionPage {
    /// How much content was read.
    package var contentBytes: Int { reduce(0) { $0 + $1.record.content.bytes.count } }

    /// True when there may be more behind a page that was to end at so many versions or so much content.
    package func isFull(limit: Int, maximumBytes: Int) -> Bool { rowCount >= limit || contentBytes >= maximumBytes }
}

extension VersionPage {
    /// Without what is behind the mark of its document, damaged or not.
    package func kept(behind marks: [DocumentKey: PruneMark]) -> VersionPage {
        func isKept(_ key: DocumentKey?, _ version: Int64?) -> Bool {
            guard let key, let version, let mark = marks[key] else { return true }
            return version > mark.through
        }
        var page = VersionPage()
        for stored in self where isKept(stored.record.key, stored.record.version) { page.append(.success(stored)) }
        for damage in damaged where isKept(damage.key, damage.version) { page.append(.failure(damage)) }
        return page
    }
}
