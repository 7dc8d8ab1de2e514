import ArgumentParser
import ConfigModel

/// JSON Schemas that documents must fit.
struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Say with a JSON Schema what the documents of a service must be.",
        usage: "configbus schema <command>",
        discussion: """
            A service has one schema for all of its environments. Once it is in force, a version that does not fit it is \
            refused, whichever way it comes.

            configbus schema put parsing parsing.schema.json --dry-run
            configbus schema put parsing parsing.schema.json
            configbus schema check parsing --history 20
            """,
        subcommands: [Put.self, Get.self, Check.self, History.self, Diff.self, Delete.self])
}

/// The service whose schema is meant.
struct SchemaServiceArgument: ParsableArguments {
    @Argument(help: "The service, for example parsing or tenants.acme.monitors.") var service: String

    /// Its name, checked.
    func name() throws -> String {
        if service.contains("/"), let key = try? DocumentKey(parsing: service) {
            throw CommandFailure.usage("A schema is for all environments of a service: write '\(key.service)'.")
        }
        return try DocumentKey(service: service).service
    }

    /// The failure for a service without a schema.
    var missing: CommandFailure {
        .unknown("\(service) has no schema. 'configbus schema put \(service) FILE' gives it one.")
    }
}

/// What must fit a schema, on the command line.
enum SchemaChecksArgument: String, CaseIterable, ExpressibleByArgument {
    case each
    case merged

    var checks: SchemaDocument.Checks {
        switch self {
        case .each: .each
        case .merged: .merged
        }
    }
}
