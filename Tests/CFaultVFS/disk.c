#include "disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR 512

struct operation {
    struct operation *next;
    int64_t offset, count;
    unsigned char *bytes; /* NULL for a truncate to offset */
};

struct image {
    unsigned char *bytes;
    int64_t count;
};

struct node {
    struct node *next;
    char *path;
    struct image durable;
    struct operation *first, *last;
    int removed; /* the name is gone, but not durably so */
};

struct faultdisk {
    struct faultdisk *next;
    char *folder;
    struct node *nodes;
    enum faultdisk_fault fault;
    int64_t at;
    int64_t points[6];
    int struck, dead;
};

pthread_mutex_t faultdisk_lock = PTHREAD_MUTEX_INITIALIZER;
static struct faultdisk *disks;

static void *claim(size_t size) {
    void *memory = calloc(1, size ? size : 1);
    if (!memory) abort();
    return memory;
}

/* --- images --- */

static void resize(struct image *image, int64_t count) {
    if (count > image->count) {
        image->bytes = realloc(image->bytes, count);
        if (!image->bytes) abort();
        memset(image->bytes + image->count, 0, count - image->count);
    }
    image->count = count;
}

static void put(struct image *image, const unsigned char *bytes, int64_t count, int64_t offset) {
    if (offset + count > image->count) resize(image, offset + count);
    memcpy(image->bytes + offset, bytes, count);
}

static void apply(struct image *image, const struct operation *operation) {
    if (operation->bytes) put(image, operation->bytes, operation->count, operation->offset);
    else resize(image, operation->offset);
}

static struct image read_image(const char *path) {
    struct image image = {NULL, 0};
    struct stat about;
    int file = open(path, O_RDONLY);
    if (file < 0) return image;
    if (fstat(file, &about) == 0) {
        resize(&image, about.st_size);
        if (image.count && pread(file, image.bytes, image.count, 0) != image.count) abort();
    }
    close(file);
    return image;
}

static int write_image(const char *path, const struct image *image) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0) return errno;
    ssize_t wrote = pwrite(file, image->bytes, image->count, 0);
    int failed = wrote == image->count ? 0 : EIO;
    close(file);
    return failed;
}

/* --- what waits for a sync --- */

static void forget(struct node *node) {
    while (node->first) {
        struct operation *operation = node->first;
        node->first = operation->next;
        free(operation->bytes);
        free(operation);
    }
    node->last = NULL;
}

void faultdisk_record(struct node *node, const void *bytes, int64_t count, int64_t offset) {
    struct operation *operation = claim(sizeof *operation);
    operation->offset = offset;
    operation->count = count;
    if (bytes) {
        operation->bytes = claim(count);
        memcpy(operation->bytes, bytes, count);
    }
    if (node->last) node->last->next = operation;
    else node->first = operation;
    node->last = operation;
}

static void names_durable(struct faultdisk *disk) {
    for (struct node *n = disk->nodes; n; n = n->next) {
        if (!n->removed) continue;
        n->removed = 0;
        forget(n);
        resize(&n->durable, 0);
    }
}

void faultdisk_synced(struct faultdisk *disk, struct node *node) {
    for (struct operation *o = node->first; o; o = o->next) apply(&node->durable, o);
    forget(node);
    names_durable(disk);
}

void faultdisk_lost(struct node *node) { forget(node); }

void faultdisk_opened(struct node *node) {
    if (!node->removed) return;
    node->removed = 0;
    forget(node);
    resize(&node->durable, 0);
}

void faultdisk_removed(struct faultdisk *disk, struct node *node, int durably) {
    node->removed = 1;
    if (durably) names_durable(disk);
}

/* --- folders and faults --- */

struct faultdisk *faultdisk_of(const char *path) {
    for (struct faultdisk *d = disks; path && d; d = d->next) {
        size_t length = strlen(d->folder);
        if (!strncmp(path, d->folder, length) && path[length] == '/') return d;
    }
    return NULL;
}

int faultdisk_dead(const struct faultdisk *disk) { return disk->dead; }
int faultdisk_strikes(struct faultdisk *disk, enum faultdisk_fault kind) {
    int64_t count = ++disk->points[kind];
    if (disk->fault != kind || disk->at <= 0) return 0;
    if (kind == FAULTDISK_FULL ? count < disk->at : count != disk->at) return 0;
    disk->struck = 1;
    if (kind == FAULTDISK_CUT) disk->dead = 1;
    return 1;
}

struct node *faultdisk_node(struct faultdisk *disk, const char *path) {
    struct node *node = disk->nodes;
    while (node && strcmp(node->path, path)) node = node->next;
    if (!node) {
        node = claim(sizeof *node);
        node->path = strdup(path);
        node->durable = read_image(path);
        node->next = disk->nodes;
        disk->nodes = node;
    }
    return node;
}

/* A database that is closed late still names its disk and file: what is large goes, the rest stays
   and answers that it is dead. */
static void discard(struct faultdisk *disk) {
    disk->dead = 1;
    for (struct node *node = disk->nodes; node; node = node->next) {
        forget(node);
        free(node->durable.bytes);
        node->durable = (struct image){NULL, 0};
    }
}

void faultdisk_unmount(faultdisk *disk) {
    pthread_mutex_lock(&faultdisk_lock);
    struct faultdisk **place = &disks;
    while (*place && *place != disk) place = &(*place)->next;
    if (*place) {
        *place = disk->next;
        discard(disk);
    }
    pthread_mutex_unlock(&faultdisk_lock);
}

faultdisk *faultdisk_mount(const char *folder) {
    faultdisk_register();
    struct faultdisk *disk = claim(sizeof *disk);
    disk->folder = strdup(folder);
    pthread_mutex_lock(&faultdisk_lock);
    disk->next = disks;
    disks = disk;
    DIR *listing = opendir(folder);
    for (struct dirent *d; listing && (d = readdir(listing));) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, d->d_name);
        if (d->d_type == DT_REG) faultdisk_node(disk, path);
    }
    if (listing) closedir(listing);
    pthread_mutex_unlock(&faultdisk_lock);
    return disk;
}

void faultdisk_arm(faultdisk *disk, enum faultdisk_fault fault, int64_t at) {
    pthread_mutex_lock(&faultdisk_lock);
    disk->fault = fault;
    disk->at = at;
    disk->struck = 0;
    memset(disk->points, 0, sizeof disk->points);
    pthread_mutex_unlock(&faultdisk_lock);
}

int64_t faultdisk_points(faultdisk *disk, enum faultdisk_fault fault) {
    pthread_mutex_lock(&faultdisk_lock);
    int64_t points = disk->points[fault];
    pthread_mutex_unlock(&faultdisk_lock);
    return points;
}

int faultdisk_struck(faultdisk *disk) {
    pthread_mutex_lock(&faultdisk_lock);
    int struck = disk->struck;
    pthread_mutex_unlock(&faultdisk_lock);
    return struck;
}

/* --- after the power cut --- */

static uint64_t draw(uint64_t *state) {
    uint64_t z = (*state += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

/* Leaving some operations out and applying the rest in their order gives every state that another
   order of arrival could leave behind. */
static void survive(
    struct image *image, const struct operation *operation, enum faultdisk_survival survival,
    uint64_t *seed) {
    if (survival == FAULTDISK_DROPPED) return;
    if (survival == FAULTDISK_KEPT) return apply(image, operation);
    if (survival == FAULTDISK_SUBSET || !operation->bytes) {
        if (draw(seed) & 1) apply(image, operation);
        return;
    }
    for (int64_t done = 0; done < operation->count;) {
        int64_t left = SECTOR - (operation->offset + done) % SECTOR;
        if (left > operation->count - done) left = operation->count - done;
        if (draw(seed) & 1)
            put(image, operation->bytes + done, left, operation->offset + done);
        done += left;
    }
}

static int is_gone(
    const struct node *node, enum faultdisk_survival survival, uint64_t *seed) {
    if (!node->removed) return access(node->path, F_OK) != 0;
    if (survival == FAULTDISK_DROPPED) return 0;
    return survival == FAULTDISK_KEPT || (draw(seed) & 1);
}

int faultdisk_remains(
    faultdisk *disk, enum faultdisk_survival survival, uint64_t seed, const char *folder) {
    int failed = 0;
    pthread_mutex_lock(&faultdisk_lock);
    for (struct node *node = disk->nodes; node && !failed; node = node->next) {
        if (is_gone(node, survival, &seed)) continue;
        struct image image = {NULL, 0};
        resize(&image, node->durable.count);
        if (image.count) memcpy(image.bytes, node->durable.bytes, image.count);
        for (struct operation *o = node->first; o; o = o->next)
            survive(&image, o, survival, &seed);
        char path[4096];
        snprintf(path, sizeof path, "%s%s", folder, node->path + strlen(disk->folder));
        failed = write_image(path, &image);
        free(image.bytes);
    }
    pthread_mutex_unlock(&faultdisk_lock);
    return failed;
}
