import ConfigModel
import ConfigRegistry
import ConfigStore
import RegistryAPI

/// A page of changes as a client gets it. With values it ends earlier when the contents are large.
struct AuditAnswer: Sendable {
    /// What is sent.
    struct Body: Sendable {
        let json: [UInt8]
        /// Where the next page begins.
        let next: AuditPosition?
        /// What was left out.
        let damaged: [DamagedVersion]
    }

    private let page: AuditPage
    private let values: AuditValues?

    /// - Parameter values: nil for changes without their values.
    init(_ page: AuditPage, values: AuditValues?) {
        self.page = page
        self.values = values
    }

    func body() async throws -> Body {
        guard let values else {
            var writer = JSONWriter()
            writer.array { list in
                for version in page.versions { version.appendJSON(to: &list) }
            }
            return Body(json: writer.bytes, next: page.next, damaged: page.damaged)
        }
        return try await body(values)
    }

    private func body(_ values: AuditValues) async throws -> Body {
        var (values, lines, damaged) = (values, [[UInt8]](), [DamagedVersion]())
        var bytes = 0
        for (index, row) in page.rows.enumerated() {
            switch row.version {
            case .failure(let version): damaged.append(version)
            case .success(let outline):
                let change = try await values.change(outline, among: page.rows[index...])
                guard lines.isEmpty || bytes + change.bytes <= APILimits.responseContents else {
                    return Body(json: Self.list(lines), next: page.rows[index - 1].position, damaged: damaged)
                }
                bytes += change.bytes
                switch change {
                case .whole(let old, let new):
                    var writer = JSONWriter(capacity: change.bytes + 1_536)
                    outline.appendJSON(to: &writer) { Self.write(old, new, to: &$0) }
                    lines.append(writer.bytes)
                case .damaged(let version): damaged.append(version)
                case .gone: break
                }
            }
        }
        return Body(json: Self.list(lines), next: page.next, damaged: damaged)
    }

    private static func write(_ old: AuditValues.Old, _ new: Content?, to object: inout JSONWriter) {
        let null = Array("null".utf8)
        switch old {
        case .content(let content): object.member("old_value", verbatim: content.bytes)
        case .none: object.member("old_value", verbatim: null)
        case .damaged:
            object.member("old_value", verbatim: null)
            object.member("old_value_damaged", true)
        case .gone:
            object.member("old_value", verbatim: null)
            object.member("old_value_pruned", true)
        }
        object.member("new_value", verbatim: new?.bytes ?? null)
    }

    private static func list(_ lines: [[UInt8]]) -> [UInt8] {
        Array("[".utf8) + lines.joined(separator: CollectionOfOne(UInt8(ascii: ","))) + Array("]".utf8)
    }
}
