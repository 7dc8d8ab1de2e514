import ArgumentParser
import ConfigAccess
import ConfigModel
import RegistryAPI
import RegistryClient

extension SchemaCommand {
    /// Takes a schema out of force.
    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delete", abstract: "Take the schema of a service out of force; its history stays.",
            usage: "configbus schema delete <service> [<options>]",
            discussion: "configbus schema delete parsing --comment 'checked by the service itself'")

        @OptionGroup var subject: SchemaServiceArgument
        @OptionGroup var reason: ReasonOptions
        @OptionGroup var expectation: ExpectationOptions
        @OptionGroup var read: SchemaReadOptions

        func run() async throws {
            let service = try subject.name()
            let client = try read.connection.client()
            let deletion = try await WriteRole.needing(.admin) {
                try await client.deleteSchema(of: service, reason.options(expected: expectation.expected))
            }
            guard case .deleted(let version, _) = deletion else { throw subject.missing }
            var object = JSONObject()
            if read.output.format != .text,
                case .object(let record)? = try? await client.schemaVersion(version, of: service).json
            {
                object = record
            }
            object["service_name"] = .string(service)
            object["version"] = .number(JSONNumber(version))
            object["change_type"] = .string(ChangeType.deleted.rawValue)
            try read.output.print(.object(object)) {
                "The schema of \(service) is out of force with version \(version)."
            }
        }
    }
}
