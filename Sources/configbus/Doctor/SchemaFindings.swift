import ConfigModel
import RegistryAPI

/// Whether the registry knows the schemas that count, and whether the documents fit them.
enum SchemaFindings {
    /// Nil when the registry does not say it.
    static func finding(_ health: HealthResponse) -> Finding? {
        guard case .object(let schemas)? = health.details["schemas"], case .string(let status)? = schemas["status"],
            let services = count("services", of: schemas), let broken = count("documents_broken", of: schemas)
        else { return nil }
        guard status == "current" else {
            return Finding(
                check: "schemas", status: .bad,
                detail:
                    "The registry has not reached its store for a while and does not know which schemas count, so that it "
                    + "refuses writes. Check the database.")
        }
        let have = services == 1 ? "1 service has a schema" : "\(services) services have a schema"
        guard broken == 0 else {
            let documents = broken == 1 ? "1 document does not fit it" : "\(broken) documents do not fit theirs"
            return Finding(
                check: "schemas", status: .warning,
                detail: "\(have); \(documents). 'configbus schema check SERVICE' names them.")
        }
        return Finding(
            check: "schemas", status: .good,
            detail: services == 0
                ? "No service has a schema." : "\(have), which all \(services == 1 ? "its" : "their") documents fit.")
    }

    private static func count(_ name: String, of object: JSONObject) -> Int64? {
        guard case .number(let number)? = object[name] else { return nil }
        return number.int64
    }
}
