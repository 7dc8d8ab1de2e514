import ConfigModel

/// The files of a Spring Cloud Config repository: `NAME-PROFILE.yml`, `.yaml`, `.properties` or `.json`.
package struct SpringRepository: Sendable {
    /// The profiles that there are; empty when the names of the files say it.
    package var profiles: [String]
    /// What `application` files have lies under the documents of every service, instead of being documents of the service
    /// `default`.
    package var mergesShared: Bool

    /// Says how a repository is read.
    package init(profiles: [String] = [], mergesShared: Bool = false) {
        (self.profiles, self.mergesShared) = (profiles, mergesShared)
    }

    /// A document of an application for a profile.
    private struct Place: Hashable {
        let application: String
        let environment: String
    }

    /// The documents of some files: a name is a service, a profile an environment.
    package func documents(in files: [NamedFile]) -> ForeignDocuments {
        var documents = ForeignDocuments()
        var known: [(file: NamedFile, name: String, ending: String)] = []
        for file in files where !file.name.hasPrefix(".") {
            let ending = file.ending.lowercased()
            if SpringFile.endings.contains(ending) {
                known.append((file, String(file.name.dropLast(ending.count + 1)), ending))
            } else {
                documents.warn("\(file.name) is left out: it is no file of properties.")
            }
        }
        let names = SpringNames(known.map(\.name), profiles: profiles)
        for name in names.ambiguous {
            let (application, profile) = names.meaning(of: name)
            documents.warn(
                "\(name) is read as the profile \(profile ?? "") of \(application), and there are profiles of \(name) too: "
                    + "where that is wrong name all profiles, each with --profile.")
        }
        var objects: [Place: JSONObject] = [:]
        var sources: [Place: String] = [:]
        for (file, name, ending) in known {
            let (application, profile) = names.meaning(of: name)
            let read = SpringFile(file.bytes, name: file.name, ending: ending)
            for fault in read.faults { documents.refuse(fault) }
            for warning in read.warnings { documents.warn(warning) }
            if profile == nil { for fault in read.overrides(in: file.name) { documents.refuse(fault) } }
            for part in read.parts {
                if let profile, part.profile != nil {
                    documents.refuse("\(file.name): it is for the profile \(profile), and names another one inside.")
                    continue
                }
                let place = Place(
                    application: application, environment: part.profile ?? profile ?? DocumentKey.defaultEnvironment)
                if let other = sources[place], other != file.name {
                    documents.refuse("\(file.name): \(application) has these properties in \(other) too.")
                    continue
                }
                var tree = MemberTree()
                let object = tree.object(of: part.entries)
                for fault in tree.faults { documents.refuse(fault) }
                objects[place] = Self.lay(object, over: objects[place] ?? JSONObject())
                sources[place] = file.name
            }
        }
        add(objects, sources, to: &documents)
        return documents
    }

    private func add(
        _ objects: [Place: JSONObject], _ sources: [Place: String], to documents: inout ForeignDocuments
    ) {
        var objects = objects
        if mergesShared {
            let shared = objects.filter { $0.key.application == SpringNames.shared }
            objects = objects.filter { $0.key.application != SpringNames.shared }
            for application in Set(objects.keys.map(\.application)) {
                for (place, object) in shared {
                    let own = Place(application: application, environment: place.environment)
                    objects[own] = Self.lay(objects[own] ?? JSONObject(), over: object)
                }
            }
            if objects.isEmpty, !shared.isEmpty {
                documents.refuse("There is no application that the 'application' files could lie under.")
            }
        }
        for (place, object) in objects.sorted(by: { Self.isBefore($0.key, $1.key) }) {
            let service = place.application == SpringNames.shared ? Self.sharedService : place.application
            documents.add(
                object, service: service, environment: place.environment,
                from: sources[place] ?? "\(SpringNames.shared) files")
        }
    }

    /// What `application` becomes.
    private static let sharedService = "default"

    private static func isBefore(_ left: Place, _ right: Place) -> Bool {
        (left.environment, left.application) < (right.environment, right.application)
    }

    /// Members of both; those of the upper one count, objects member by member.
    private static func lay(_ upper: JSONObject, over lower: JSONObject) -> JSONObject {
        var result = lower
        for (key, value) in upper {
            if case .object(let inner) = value, case .object(let below)? = lower[key] {
                result[key] = .object(lay(inner, over: below))
            } else {
                result[key] = value
            }
        }
        return result
    }
}
