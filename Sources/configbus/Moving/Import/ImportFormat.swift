import ArgumentParser

/// What an import reads that is no folder of documents and no list of changes.
enum ImportFormat: String, CaseIterable, ExpressibleByArgument {
    /// The file of an environment.
    case env
    /// The files of a Spring Cloud Config repository.
    case spring
    /// A dump of etcd.
    case etcd
    /// A dump of Consul.
    case consul
    /// ConfigMaps of Kubernetes.
    case configmap
}
