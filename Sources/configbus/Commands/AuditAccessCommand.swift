import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

extension AuditCommand {
    /// Shows the access log.
    struct Access: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "access", abstract: "Show refusals and acts of administration, newest first.",
            usage: "configbus audit access [<options>]",
            discussion: """
                The access log of all registries of the store, for an auditor or administrator of everything. Refusals of \
                one kind within a minute are one entry.
                """)

        @Option(help: "Only of this identity.") var identity: String?
        @Option(help: "Only of this action, for example readDocument or manageTokens.") var action: String?
        @Option(help: "Only of this type, for example not-allowed or token-created.") var type: String?
        @Option(help: "Not before: 2026-11-20T21:30:00Z or 2026-11-20 (UTC).") var since: MomentArgument?
        @Option(help: "Before.") var until: MomentArgument?
        @Option(help: "At most this many entries.") var limit: Int = 100
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard limit >= 1 else { throw ValidationError("--limit must be at least 1.") }
        }

        func run() async throws {
            let lines = try await lines(connection.client())
            try output.print(.array(lines.map(json))) {
                guard !lines.isEmpty else { return "There are no entries." }
                return text(lines)
            }
        }

        private func lines(_ client: RegistryClient) async throws -> [AccessLogLine] {
            var request = AccessLogRequest()
            (request.identity, request.action, request.type) = (identity, action, type)
            (request.since, request.until) = (since?.moment, until?.moment)
            var lines: [AccessLogLine] = []
            while lines.count < limit {
                request.limit = min(limit - lines.count, APILimits.accessLog)
                let page = try await client.accessLog(request)
                lines += page.elements
                guard let next = page.next else { break }
                request.cursor = next
            }
            return lines
        }

        private func text(_ lines: [AccessLogLine]) -> String {
            var table = TextTable(
                header: ["WHEN", "TYPE", "IDENTITY", "KIND", "ACTION", "CONCERNS", "STATUS", "COUNT", "ADDRESS"])
            for line in lines {
                table.add([
                    line.at.description, line.type, line.identity ?? "", line.kind, line.action, line.key ?? "",
                    line.status == 0 ? "" : "\(line.status)", "\(line.count)", line.address ?? "",
                ])
            }
            return table.text
        }

        private func json(_ line: AccessLogLine) throws -> JSONValue {
            var writer = JSONWriter()
            writer.object(line.write)
            return try JSONValue(parsing: writer.bytes)
        }
    }
}
