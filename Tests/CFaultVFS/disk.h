#ifndef DISK_H
#define DISK_H
#include "CFaultVFS.h"
#include <pthread.h>

/* One file of a mounted folder: what has reached the disk, and what waits for a sync. */
struct node;

extern pthread_mutex_t faultdisk_lock; /* held around every call below */

/* Makes the file system SQLite's default, once. */
void faultdisk_register(void);
struct faultdisk *faultdisk_of(const char *path); /* NULL for paths of no mounted folder */
int faultdisk_dead(const struct faultdisk *disk);
/* Counts an operation of a kind; 1 where the fault strikes it. */
int faultdisk_strikes(struct faultdisk *disk, enum faultdisk_fault kind);

/* The node of a path about to be opened; a file that is there counts as durable. */
struct node *faultdisk_node(struct faultdisk *disk, const char *path);
/* A write, or a truncate where bytes is NULL. */
void faultdisk_record(struct node *node, const void *bytes, int64_t count, int64_t offset);
void faultdisk_synced(struct faultdisk *disk, struct node *node);
/* A failed sync: what it should have carried never reaches the disk. */
void faultdisk_lost(struct node *node);
/* A name that was removed is made again. */
void faultdisk_opened(struct node *node);
void faultdisk_removed(struct faultdisk *disk, struct node *node, int durably);
#endif
